//! What a project is checked for: platforms that were asked for, else those that its documents name.

use std::collections::HashSet;

use crate::document::Document;
use crate::fact::{Platform, Target};
use crate::project::{Project, Service};
use crate::settings::Settings;

/// The platforms that were asked for; else those that the documents name.
pub(crate) fn targets(project: &Project, settings: &Settings) -> Vec<Target> {
    let mut targets = settings.targets.clone();
    if targets.is_empty() {
        let named = |platform: &Platform| {
            project.documents().iter().any(|document| document.platforms().contains(platform))
        };
        targets = Platform::ALL.into_iter().filter(named).map(Target::of).collect();
    }
    targets.sort();
    targets.dedup();
    targets
}

/// Of `targets` those that each service is checked for: all that were asked for, else those that its
/// own documents name. What lies beside a service for one platform need not be made for it.
pub(crate) fn targets_of_services(
    project: &Project,
    targets: &[Target],
    settings: &Settings,
) -> Vec<Vec<Target>> {
    let of_service = |service: &Service| -> Vec<Target> {
        if !settings.targets.is_empty() {
            return targets.to_vec();
        }
        let documents = service.documents.iter().map(|&id| project.document(id));
        let named: HashSet<Platform> = documents.flat_map(Document::platforms).collect();
        targets.iter().filter(|target| named.contains(&target.platform)).copied().collect()
    };
    project.services().iter().map(of_service).collect()
}

/// The targets of each document, by its id: those of its service.
pub(crate) fn by_document<'a>(
    project: &Project,
    of_services: &'a [Vec<Target>],
) -> Vec<&'a [Target]> {
    let mut by_document: Vec<&[Target]> = vec![&[]; project.documents().len()];
    for (service, targets) in project.services().iter().zip(of_services) {
        for id in &service.documents {
            by_document[usize::from(id.0)] = targets;
        }
    }
    by_document
}
