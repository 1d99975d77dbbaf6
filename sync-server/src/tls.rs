//! The server's own certification authority, its certificate, and the organisation's recovery key.

use std::fs;
use std::io::Write;
use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use time::{Duration, OffsetDateTime};

use crate::CentreError;
use crate::registry::{Registry, random};

/// Name of the file with the authority's certificate (PEM).
pub const CA_FILE: &str = "authority.pem";
/// Name of the file with the authority's key (PEM).
pub const CA_KEY_FILE: &str = "authority.key";

/// Life of the authority, in days: 20 years.
const CA_DAYS: i64 = 7_300;
/// Life of a leaf, in days; it is made again at each start.
const LEAF_DAYS: i64 = 90;
/// Certificates are valid from 1 January 2026: a tablet checks them by the last time it is certain of, which may be long past.
const VALID_FROM_UNIX: i64 = 1_767_225_600;

/// What the server shows.
pub struct ServerTls {
    /// Leaf, then authority.
    pub chain: Vec<CertificateDer<'static>>,
    /// The leaf's key.
    pub key: PrivateKeyDer<'static>,
    /// The authority, DER.
    pub ca_der: Vec<u8>,
}

/// The authority of a folder (made once) and a fresh leaf for these names.
///
/// # Errors
/// `Certificate`, or `Disk`.
pub fn server_tls(folder: &Path, names: &[String]) -> Result<ServerTls, CentreError> {
    let (ca_pem, key_pem) = authority(folder)?;
    let key = KeyPair::from_pem(&key_pem).map_err(|_| CentreError::Certificate)?;
    let issuer = Issuer::new(ca_params(), key);
    let mut all = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned(), "palier.local".to_owned()];
    all.extend(names.iter().cloned());
    all.sort();
    all.dedup();
    let mut params = CertificateParams::new(all).map_err(|_| CentreError::Certificate)?;
    params.distinguished_name.push(DnType::CommonName, "Palier");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.not_before = valid_from();
    params.not_after = OffsetDateTime::now_utc() + Duration::days(LEAF_DAYS);
    let leaf_key = KeyPair::generate().map_err(|_| CentreError::Certificate)?;
    let leaf = params.signed_by(&leaf_key, &issuer).map_err(|_| CentreError::Certificate)?;
    let ca_der = pem_to_der(&ca_pem)?;
    Ok(ServerTls {
        chain: vec![leaf.der().clone(), CertificateDer::from(ca_der.clone())],
        key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der())),
        ca_der,
    })
}

fn authority(folder: &Path) -> Result<(String, String), CentreError> {
    let (certificate, key) = (folder.join(CA_FILE), folder.join(CA_KEY_FILE));
    if certificate.exists() && key.exists() {
        return Ok((fs::read_to_string(certificate)?, fs::read_to_string(key)?));
    }
    let pair = KeyPair::generate().map_err(|_| CentreError::Certificate)?;
    let pem = ca_params().self_signed(&pair).map_err(|_| CentreError::Certificate)?.pem();
    write_secret(&key, pair.serialize_pem().as_bytes())?;
    fs::write(&certificate, &pem)?;
    Ok((pem, pair.serialize_pem()))
}

/// Makes the authority of a folder the one that the registry holds, or the registry's that of the folder: tablets trust one
/// authority, whichever server of their territory answers.
///
/// # Errors
/// `Certificate`, `Disk`, or a fault of the registry.
pub fn share_authority(folder: &Path, registry: &Registry) -> Result<(), CentreError> {
    let shared = (registry.setting_if_any("authority")?, registry.setting_if_any("authority_key")?);
    if let (Some(certificate), Some(key)) = shared {
        write_secret(&folder.join(CA_KEY_FILE), key.as_bytes())?;
        return Ok(fs::write(folder.join(CA_FILE), certificate)?);
    }
    let (certificate, key) = authority(folder)?;
    registry.put_setting("authority_key", &key)?;
    registry.put_setting("authority", &certificate)
}

fn valid_from() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(VALID_FROM_UNIX).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// What the authority says of itself; a leaf's issuer is written from the same words.
fn ca_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Palier, autorité du territoire");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = valid_from();
    params.not_after = OffsetDateTime::now_utc() + Duration::days(CA_DAYS);
    params
}

fn pem_to_der(pem: &str) -> Result<Vec<u8>, CentreError> {
    use rustls_pki_types::pem::PemObject;
    CertificateDer::from_pem_slice(pem.as_bytes()).map(|der| der.to_vec()).map_err(|_| CentreError::Certificate)
}

/// The names that a server at these addresses is reached by.
#[must_use]
pub fn names_of(addresses: &[String]) -> Vec<String> {
    let host = |address: &String| {
        let rest = address.split("://").nth(1).unwrap_or(address);
        let host = rest.split('/').next().unwrap_or(rest);
        let bare = host.rsplit_once(':').map_or(host, |(host, _)| host);
        bare.trim_matches(['[', ']']).to_owned()
    };
    addresses.iter().map(host).filter(|host| !host.is_empty()).collect()
}

/// The file with the private half of the organisation's recovery key, below the data folder, until it is moved to a safe.
pub const RECOVERY_FILE: &str = "recovery/organisation-recovery.key";

/// [`RECOVERY_FILE`] of a folder.
#[must_use]
pub fn recovery_file(folder: &Path) -> std::path::PathBuf {
    folder.join(RECOVERY_FILE)
}

/// The organisation's recovery key: made once; its private half is written in a file that coordinators move to a safe.
///
/// # Errors
/// `Disk`, no randomness, or a fault of the registry.
pub fn recovery_key(folder: &Path, registry: &Registry) -> Result<String, CentreError> {
    registry.setting("recovery_public", || {
        let private = palier_vault::OrgPrivate::from_bytes(random::<32>()?);
        let file = recovery_file(folder);
        if let Some(safe) = file.parent() {
            fs::create_dir_all(safe)?;
        }
        write_secret(&file, data_encoding::HEXLOWER.encode(private.expose()).as_bytes())?;
        Ok(data_encoding::HEXLOWER.encode(&private.public().0))
    })
}

/// Writes a file that only its owner reads, whole or not at all.
///
/// # Errors
/// When the disk refuses.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), std::io::Error> {
    let temporary = path.with_extension("tmp");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(temporary, path)
}
