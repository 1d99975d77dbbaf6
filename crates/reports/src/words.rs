//! The words of the screens, from the same catalogue: `ui/catalogue/fr`.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::ReportError;

/// Catalogues by name.
const FILES: &[(&str, &str)] = &[
    ("action", include_str!("../../../ui/catalogue/fr/action.ftl")),
    ("codes", include_str!("../../../ui/catalogue/fr/codes.ftl")),
    ("diagnosis", include_str!("../../../ui/catalogue/fr/diagnosis.ftl")),
    ("figures", include_str!("../../../ui/catalogue/fr/figures.ftl")),
    ("heard", include_str!("../../../ui/catalogue/fr/heard.ftl")),
    ("referral", include_str!("../../../ui/catalogue/fr/referral.ftl")),
];

/// The catalogues that figures speak with.
pub struct Words {
    bundles: Vec<(&'static str, FluentBundle<FluentResource>)>,
}

impl Words {
    /// Reads them.
    ///
    /// # Errors
    /// A catalogue that does not read: a defect that a test finds.
    pub fn read() -> Result<Self, ReportError> {
        let french: LanguageIdentifier = "fr".parse().map_err(|_| ReportError::Words("fr".to_owned()))?;
        let mut bundles = Vec::new();
        for (name, text) in FILES {
            let wrong = |errors: String| ReportError::Words(format!("{name}: {errors}"));
            let resource =
                FluentResource::try_new((*text).to_owned()).map_err(|(_, errors)| wrong(format!("{errors:?}")))?;
            let mut bundle = FluentBundle::new(vec![french.clone()]);
            bundle.set_use_isolating(false);
            bundle.add_resource(resource).map_err(|errors| wrong(format!("{errors:?}")))?;
            bundles.push((*name, bundle));
        }
        Ok(Self { bundles })
    }

    /// A message with its arguments; its name when the catalogue has none, which a test refuses.
    #[must_use]
    pub fn say(&self, catalogue: &str, message: &str, given: &[(&str, &str)]) -> String {
        let given: Vec<(&str, FluentValue<'_>)> = given.iter().map(|(name, value)| (*name, (*value).into())).collect();
        self.fill(catalogue, message, &given)
    }

    fn fill(&self, catalogue: &str, message: &str, given: &[(&str, FluentValue<'_>)]) -> String {
        let args: FluentArgs<'_> = given.iter().map(|(name, value)| (*name, value.clone())).collect();
        let bundle = self.bundles.iter().find(|(name, _)| *name == catalogue).map(|(_, bundle)| bundle);
        let said = bundle.and_then(|bundle| {
            let pattern = bundle.get_message(message)?.value()?;
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
            errors.is_empty().then_some(text)
        });
        said.unwrap_or_else(|| format!("{catalogue}.{message}"))
    }

    /// How many are in neither, as the screen says it of a figure.
    #[must_use]
    pub fn aside(&self, code: &str, count: u32) -> String {
        let code = code.split(':').next().unwrap_or(code);
        self.fill("figures", "aside", &[("code", code.into()), ("count", count.into())])
    }

    /// A message of the figures that has one form a code.
    #[must_use]
    pub fn of(&self, message: &str, code: &str) -> String {
        self.say("figures", message, &[("code", code)])
    }

    /// A line of a table, as the screen says it.
    #[must_use]
    pub fn line(&self, table: &str, code: &str) -> String {
        let band = format!("b{code}");
        let (catalogue, message, code) = match table {
            "outcomes" => ("codes", "outcome", code),
            "needs" | "heard" | "referral_needs" => ("codes", "need", code),
            "last_contact" => ("heard", "last", code),
            "non_take_up_types" => ("diagnosis", "non-take-up", code),
            "motives" => ("diagnosis", "motive", code),
            "action_kinds" => ("action", "kind", code),
            "bands" if code == "nc" => ("action", "age-unknown", code),
            "bands" => ("heard", "age-band", band.as_str()),
            "referral_states" => ("referral", "referral-state", code),
            "sources" => ("referral", "source", code),
            "trust" => ("heard", "object", code),
            _ => return code.to_owned(),
        };
        self.say(catalogue, message, &[("code", code)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_speak_as_the_screens_do() {
        let words = Words::read().unwrap();
        for (table, code, said) in [
            ("outcomes", "no_answer", "Absent"),
            ("needs", "logement", "Logement"),
            ("bands", "nc", "Âge inconnu"),
            ("trust", "caf", "La CAF"),
        ] {
            assert_eq!(words.line(table, code), said, "{table} {code}");
        }
        assert_eq!(words.of("figure", "non_take_up"), "Non-recours");
        assert_eq!(words.aside("held", 1), "1 droit à vérifier");
        assert_eq!(words.aside("trust_lost:caf", 12), "12 personnes ont répondu une seule fois");
        for table in
            ["last_contact", "non_take_up_types", "motives", "action_kinds", "bands", "referral_states", "sources"]
        {
            assert!(!words.line(table, "x").contains('.'), "{table} has its words: {}", words.line(table, "x"));
        }
    }
}
