//! Writes a notice and a slip for anyone to look at: `cargo run -p palier-paper --example pages -- OUT_DIR`.

use std::path::PathBuf;

use anyhow::Context;
use chrono::{NaiveDate, NaiveTime};
use palier_paper::{Format, Notice, Service, Slip, Slot, Spoken, When, notice, slip};

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).context("Name the folder to write to")?);
    std::fs::create_dir_all(&folder).context("Make the folder")?;
    for (name, format, languages) in [
        ("avis", Format::A5, &["ar", "tr", "ru", "pt"][..]),
        ("avis-a4", Format::TwoOnA4, &["ar", "fa", "ps", "uk", "ro"]),
        ("avis-une-langue", Format::A5, &["en"]),
    ] {
        let page = notice(&a_notice(format, languages)?).with_context(|| format!("Print {name}"))?;
        std::fs::write(folder.join(format!("{name}.pdf")), page).context("Write the notice")?;
    }
    let page = slip(&a_slip()?).context("Print the slip")?;
    std::fs::write(folder.join("bon.pdf"), page).context("Write the slip")
}

fn slot(when: When) -> anyhow::Result<Slot> {
    Ok(Slot { day: NaiveDate::from_ymd_opt(2026, 12, 1).context("A day")?, when })
}

fn time(hour: u32, minute: u32) -> anyhow::Result<NaiveTime> {
    NaiveTime::from_hms_opt(hour, minute, 0).context("An hour")
}

fn a_notice(format: Format, languages: &[&str]) -> anyhow::Result<Notice> {
    Ok(Notice {
        structure: "Régie de quartier du Sanitas".into(),
        team: "Les médiateurs du palier".into(),
        phone: "02 47 00 00 00".into(),
        batch: "A7-24".into(),
        slot: Some(slot(When::Hours(time(14, 0)?, time(17, 0)?))?),
        languages: languages.iter().map(|code| (*code).to_owned()).collect(),
        format,
    })
}

fn spoken(french: &str, other: &str) -> Spoken {
    Spoken { french: french.into(), other: other.into() }
}

fn a_slip() -> anyhow::Result<Slip> {
    let code = (0..=255).find_map(|n| palier_domain::slip::make([n, 17, 203, 4, 99])).context("A code")?;
    let services = vec![
        Service {
            name: "CAF – point d’accueil".into(),
            address: "1 rue des Exemples, 37000 Tours".into(),
            phone: "02 47 00 00 01".into(),
            hours: spoken("lundi à vendredi, 9:00 à 12:00", "من الاثنين إلى الجمعة، من 9:00 إلى 12:00"),
            access: spoken("2e étage, sonnez à l’accueil", "الطابق الثاني، اضغطوا على جرس الاستقبال"),
            appointment: Some(slot(When::At(time(10, 30)?))?),
        },
        Service {
            name: "France services".into(),
            address: "3 place des Exemples, 37000 Tours".into(),
            phone: "02 47 00 00 02".into(),
            hours: spoken("mardi et jeudi, 14:00 à 17:00", "الثلاثاء والخميس، من 14:00 إلى 17:00"),
            access: spoken("sans rendez-vous", "بدون موعد"),
            appointment: None,
        },
    ];
    Ok(Slip {
        code,
        structure: "Régie de quartier du Sanitas".into(),
        phone: "02 47 00 00 00".into(),
        language: "ar".into(),
        services,
        bring: vec![
            spoken("une pièce d’identité", "وثيقة هوية"),
            spoken("un relevé d’identité bancaire (RIB)", "بيان الحساب البنكي (RIB)"),
            spoken("la dernière quittance de loyer", "آخر إيصال إيجار"),
        ],
    })
}
