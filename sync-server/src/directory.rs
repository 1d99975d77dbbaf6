//! The directory of services that tablets carry: made of what imports brought, published as a pack.

use std::collections::HashMap;

use palier_directory::needs::themes_of_network;
use palier_directory::{Line, NoPack, write_pack};
use palier_domain::place::derived_id;
use palier_sync::catalogue::pack as p;
use palier_sync::{RecordType, ScopeKey, Value};
use palier_territory::{Service, Structure};

use crate::{Centre, CentreError};

/// What the pack holds, as its record says.
const CONTENT: &str = "directory";

/// Publishes the directory, when it is not what was published last. Without a structure there is nothing to publish.
///
/// # Errors
/// A fault of a database.
pub fn publish(centre: &mut Centre, now_ms: i64) -> Result<(), CentreError> {
    let mut lines = lines(&centre.registry.directory()?, &centre.registry.services()?);
    lines.sort_by(|one, other| one.key.cmp(&other.key));
    let bytes = write_pack(&lines)?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let known = centre.store.packs()?.into_iter().find(|pack| pack.content == CONTENT);
    let published = known.as_ref().is_some_and(|pack| pack.hash == hash);
    if published && centre.registry.pack_piece(&hash, 0, 1)?.is_some() || lines.is_empty() && known.is_none() {
        return Ok(());
    }
    // The bytes first: a record that names a pack which is nowhere would be asked for in vain.
    centre.registry.put_pack(CONTENT, &hash, &bytes, now_ms)?;
    let record = derived_id("pack", centre.territory(), CONTENT);
    let number = |count: usize| Value::Int(i64::try_from(count).unwrap_or(i64::MAX));
    let fields = [
        (p::content, Value::text(CONTENT)),
        (p::hash, Value::text(&hash)),
        (p::bytes, number(bytes.len())),
        (p::count, number(lines.len())),
        (p::made_at, Value::Int(now_ms)),
    ];
    centre.write(now_ms, |draft| {
        draft.make(ScopeKey::Territory, record, RecordType::Pack, &fields)?;
        draft.set(ScopeKey::Territory, record, RecordType::Pack, &fields[1..])?;
        Ok::<_, CentreError>(())
    })?;
    Ok(())
}

/// Every service with what its structure says where it says nothing itself, and every structure: one is received there all
/// the same.
fn lines(structures: &[Structure], services: &[Service]) -> Vec<Line> {
    let by_key: HashMap<&str, &Structure> =
        structures.iter().map(|structure| (structure.key.as_str(), structure)).collect();
    // A service that is nowhere and of nobody known is of no use to who must walk there.
    let of_services = services.iter().filter_map(|service| {
        let structure = by_key.get(service.structure.as_str()).copied();
        (structure.is_some() || !service.address.is_empty()).then(|| line_of_service(service, structure))
    });
    of_services.chain(structures.iter().map(line_of)).collect()
}

fn line_of_service(service: &Service, structure: Option<&Structure>) -> Line {
    let base = structure.map(line_of).unwrap_or_default();
    let said = |own: &str, of_structure: String| if own.is_empty() { of_structure } else { own.to_owned() };
    let elsewhere = !service.address.is_empty();
    let place = if elsewhere { service.point } else { None };
    let hours_known = !service.hours.osm.is_empty() || !service.hours.published.is_empty();
    Line {
        key: service.key.clone(),
        name: service.name.clone(),
        structure: base.name,
        description: said(&service.description, base.description),
        themes: if service.themes.is_empty() { base.themes } else { service.themes.clone() },
        audiences: service.audiences.clone(),
        address: said(&service.address, base.address),
        commune: said(&service.commune, base.commune),
        latitude_e6: if elsewhere { place.map(|point| point.latitude_e6) } else { base.latitude_e6 },
        longitude_e6: if elsewhere { place.map(|point| point.longitude_e6) } else { base.longitude_e6 },
        phone: said(&service.phone, base.phone),
        email: said(&service.email, base.email),
        website: said(&service.link, base.website),
        hours: if hours_known { service.hours.osm.clone() } else { base.hours },
        hours_published: if hours_known { service.hours.published.clone() } else { base.hours_published },
        access: said(&service.access, base.access),
        languages: Vec::new(),
        fees: service.fees.clone(),
        updated_on: service.updated_on.clone(),
        source: service.source.clone(),
        licence: service.licence.clone(),
        invented: service.invented,
    }
}

/// A structure as the place one is received at.
fn line_of(structure: &Structure) -> Line {
    let Structure { key, name, address, address_extra, postcode, commune, .. } = structure;
    let mut themes: Vec<String> =
        structure.networks.iter().flat_map(|network| themes_of_network(network)).map(|s| (*s).to_owned()).collect();
    themes.sort();
    themes.dedup();
    let joined = |parts: &[&str], with: &str| {
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(with)
    };
    Line {
        key: key.clone(),
        name: name.clone(),
        description: structure.description.clone(),
        themes,
        address: joined(&[address_extra, address], ", "),
        commune: joined(&[postcode, commune], " "),
        latitude_e6: structure.point.map(|point| point.latitude_e6),
        longitude_e6: structure.point.map(|point| point.longitude_e6),
        phone: structure.phone.clone(),
        email: structure.email.clone(),
        website: structure.website.clone(),
        hours: structure.hours.osm.clone(),
        hours_published: structure.hours.published.clone(),
        access: match structure.by_appointment {
            Some(true) => "appointment".to_owned(),
            Some(false) => "unconditional".to_owned(),
            None => String::new(),
        },
        updated_on: structure.updated_on.clone(),
        source: structure.source.clone(),
        licence: structure.licence.clone(),
        invented: structure.invented,
        ..Line::default()
    }
}

impl From<NoPack> for CentreError {
    fn from(error: NoPack) -> Self {
        Self::Pack(error)
    }
}
