//! From the needs that people speak of to the themes that publishers write.

/// Families of data·inclusion v1 that answer a theme of needs (model.md, RightTheme; the crosswalk is ours).
#[must_use]
pub fn families(theme: &str) -> &'static [&'static str] {
    match theme {
        "papiers" | "justice" => &["difficultes-administratives-ou-juridiques"],
        "famille" => &["famille"],
        "social_sante" => &["sante", "difficultes-financieres", "equipement-et-alimentation"],
        "travail_formation" => &[
            "trouver-un-emploi",
            "choisir-un-metier",
            "preparer-sa-candidature",
            "se-former",
            "creer-une-entreprise",
            "remobilisation",
        ],
        "logement" => &["logement-hebergement"],
        "transports" => &["mobilite"],
        "argent_impots" => &["difficultes-financieres", "difficultes-administratives-ou-juridiques"],
        "etranger" => &["difficultes-administratives-ou-juridiques", "lecture-ecriture-calcul"],
        "loisirs_sport_culture" => &["remobilisation", "famille"],
        "numerique" => &["numerique"],
        _ => &[],
    }
}

/// What the structures of a network do, where they publish no service of their own: families of data·inclusion v1. Unknown
/// networks say nothing. France services: the procedures of its partners (CAF, CPAM, CARSAT, MSA, impôts, France Travail…).
#[must_use]
pub fn themes_of_network(network: &str) -> &'static [&'static str] {
    match network {
        "france-service" => &[
            "difficultes-administratives-ou-juridiques",
            "numerique",
            "famille",
            "sante",
            "difficultes-financieres",
            "logement-hebergement",
            "trouver-un-emploi",
        ],
        "ccas-cias" => &["difficultes-financieres", "equipement-et-alimentation", "logement-hebergement", "famille"],
        "caf" => &["famille", "logement-hebergement", "difficultes-financieres"],
        "fcsf" => &["famille", "lecture-ecriture-calcul", "remobilisation", "numerique"],
        "mission-locale" => &["trouver-un-emploi", "choisir-un-metier", "se-former", "remobilisation"],
        "pimms-mediation" => &["difficultes-administratives-ou-juridiques", "numerique", "difficultes-financieres"],
        "adil" => &["logement-hebergement"],
        "point-justice" => &["difficultes-administratives-ou-juridiques"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_need_leads_somewhere() {
        for theme in palier_domain::codes::THEMES {
            assert!(!families(theme).is_empty(), "{theme} leads to no service");
        }
    }
}
