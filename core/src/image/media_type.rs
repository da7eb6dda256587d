//! What the media type of a layer says of its bytes.

/// What a layer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerForm {
    /// A tar archive, or nothing is told.
    Archive,
    /// Files in a form that is not read, with what it is called.
    Unread(&'static str),
    /// No files of a container: a chart, a statement.
    Other,
}

impl LayerForm {
    /// Told by a media type.
    pub fn of(media_type: Option<&str>) -> LayerForm {
        let Some(kind) = media_type else { return LayerForm::Archive };
        let is_layer =
            ["layer", "rootfs.diff", "foreign.diff"].iter().any(|one| kind.contains(one));
        if !is_layer {
            LayerForm::Other
        } else if kind.ends_with("+encrypted") {
            LayerForm::Unread("an encrypted layer")
        } else if kind.contains(".nydus.") {
            LayerForm::Unread("a layer of nydus")
        } else {
            LayerForm::Archive
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_tells_what_a_layer_is() {
        let of = |kind: &str| LayerForm::of(Some(kind));
        assert_eq!(LayerForm::of(None), LayerForm::Archive);
        assert_eq!(of("application/vnd.oci.image.layer.v1.tar+zstd"), LayerForm::Archive);
        assert_eq!(of("application/vnd.docker.image.rootfs.diff.tar.gzip"), LayerForm::Archive);
        assert_eq!(of("application/vnd.cncf.helm.chart.content.v1.tar+gzip"), LayerForm::Other);
        let unread = [
            "application/vnd.oci.image.layer.v1.tar+gzip+encrypted",
            "application/vnd.oci.image.layer.nydus.blob.v1",
        ];
        assert!(unread.iter().all(|kind| matches!(of(kind), LayerForm::Unread(_))));
    }
}
