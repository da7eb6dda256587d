//! How messages travel between page and worker: packed, as bytes. Their types are the whole form, so
//! that neither side carries the names of fields or reads numbers by digits.

use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// `message`, packed.
pub fn pack(message: &impl Serialize) -> Vec<u8> {
    // Fails only for types that do not tell how long they are, which no message has.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// The message that `bytes` are; `None` if they are none.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// `message` as the other side is sent it.
pub fn to_js(message: &impl Serialize) -> Uint8Array {
    Uint8Array::from(pack(message).as_slice())
}

#[cfg(test)]
mod tests {
    use plimsoll::image::facts::Facts;
    use plimsoll::report::{Fit, Inspection};
    use plimsoll::{Project, Settings, check};

    use super::*;
    use crate::messages::{Ask, Job, Tell};
    use crate::wire::{SentFit, Wire};

    /// A message as it arrives.
    fn sent<T: Serialize + DeserializeOwned>(message: &T) -> T {
        unpack(&pack(message)).expect("what was packed is unpacked")
    }

    #[test]
    fn a_verdict_arrives_whole_and_without_a_profile() {
        let text =
            r#"{"metadata":{"name":"a","instance":1},"containers":[{"image":"a","port":8080}]}"#;
        let (project, _) = Project::from_files([("service.json", text)]);
        let report = check(&project, &Settings::default());
        assert!(report.fit.iter().any(|fit| !fit.deciding.is_empty()), "{:?}", report.fit);
        let told = Tell::Checked {
            revision: 300,
            report: Box::new(Wire::from(report.clone())),
            refused: vec![("a".to_owned(), "b".to_owned())],
        };
        assert_eq!(pack(&told)[..3], [1, 0xac, 2]);
        let Tell::Checked { revision, report: arrived, refused } = sent(&told) else {
            panic!("another message")
        };
        assert_eq!((revision, refused.len()), (300, 1));
        let arrived = arrived.into_report();
        assert_eq!(arrived.fit, report.fit);
        assert_eq!(arrived.summary, report.summary);
        assert_eq!(arrived.findings.len(), report.findings.len());
        let fits: Vec<Fit> = report.fit.iter().map(|fit| sent(&SentFit(fit.clone())).0).collect();
        assert_eq!(fits, report.fit);
    }

    #[test]
    fn what_is_known_of_an_image_arrives() {
        let inspection = Inspection::of("a.tar", &Facts::default());
        let told = Tell::Looked { inspection: Box::new(inspection.clone()) };
        let Tell::Looked { inspection: arrived } = sent(&told) else { panic!("another message") };
        assert_eq!(arrived.to_json(), inspection.to_json());
    }

    #[test]
    fn what_is_no_message_is_nothing() {
        let job = Job {
            revision: 1,
            files: Vec::new(),
            platforms: vec!["eas".to_owned()],
            image: None,
            strict: true,
            lang: "zh".to_owned(),
        };
        let bytes = pack(&Ask::Check(job));
        assert!(matches!(unpack(&bytes), Some(Ask::Check(job)) if job.strict));
        // The measuring of the page goes by these numbers.
        assert_eq!(bytes[..2], [1, 1]);
        assert!(unpack::<Ask>(&bytes[..bytes.len() - 1]).is_none());
        assert!(unpack::<Ask>(&[255, 255, 255, 255, 255, 255]).is_none());
        assert!(unpack::<Ask>(&[]).is_none());
    }
}
