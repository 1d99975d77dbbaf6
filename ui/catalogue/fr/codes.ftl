### Words for the codes of the domain, shared by the field app and the console.

# Outcome of a passage, in a list, a journal line or the door's history.
outcome = { $code ->
    [no_answer] Absent
    [opened_brief] Rencontré
    [opened_full] Échange approfondi
    [callback] Repasser
    [declined] Refus
    [do_not_contact] Ne plus solliciter
    [language_barrier] Langue non partagée
    [minor_alone] Mineur seul
    [inaccessible] Inaccessible
    [vacant] Vide
    [moved_out] N’habite plus ici
    [moved_in] Nouvel habitant
    [wrong_address] Adresse fausse
    [not_dwelling] Pas un logement
    [deceased] Décès
    [safety_withdrawal] Retrait pour sécurité
    [cleared] Annulé
   *[other] Autre résultat
}

# Longer words for a rarer outcome, on its button under "Autre…".
outcome-hint = { $code ->
    [opened_full] La personne a parlé de sa situation.
    [do_not_contact] Plus de passage pendant 12 mois.
    [language_barrier] Revenir avec un interprète.
    [minor_alone] On repart, on ne note rien.
    [moved_out] Le nom a changé ou le logement est rendu.
    [moved_in] À accueillir, avec la pochette de bienvenue.
    [wrong_address] Cette porte n’existe pas.
    [not_dwelling] Local, bureau, cave.
    [deceased] On présente ses condoléances, on repart.
    [safety_withdrawal] On part, puis on appelle la coordination.
   *[other] { "" }
}

# Status of a door in the grid.
door-status = { $code ->
    [todo] à faire
    [met] Rencontré
    [absent] Absent
    [declined] Refus
    [callback] Repasser
    [vacant] Vide
    [inaccessible] Inacces.
    [do_not_contact] Ne pas frapper
   *[other] Autre
}

# Theme of a need, as a chip.
need = { $code ->
    [papiers] Papiers
    [famille] Famille
    [social_sante] Social, santé
    [travail_formation] Travail, formation
    [logement] Logement
    [transports] Transports
    [argent_impots] Argent, impôts
    [justice] Justice
    [etranger] Étrangers
    [loisirs_sport_culture] Loisirs, culture
    [numerique] Numérique
   *[other] Autre besoin
}

# Flag of a passage, as a chip.
visit-flag = { $code ->
    [flyer_left] Avis de passage laissé
    [interpreter] Avec un interprète
    [third_party_present] Une autre personne présente
   *[other] Autre précision
}

# Slot promised for a new passage.
slot = { $code ->
    [morning] Le matin
    [noon] Vers midi
    [afternoon] L’après-midi
    [evening] Après 17 h
    [weekend] Le week-end
   *[other] Un autre jour
}

# Access need of a household, as a chip.
access-need = { $code ->
    [reading_help] Aide pour lire
    [writing_help] Aide pour écrire
    [french_beginner] Débute en français
    [interpreter] Interprète
    [hearing] Audition
    [vision] Vue
    [mobility] Se déplace mal
    [no_phone] Sans téléphone
    [no_internet] Sans internet
    [no_digital_skill] Loin du numérique
    [needs_accompaniment] À accompagner
    [schedule_constraint] Horaires particuliers
   *[other] Autre besoin d’accès
}

# Language spoken, as a chip (ISO 639-3).
language = { $code ->
    [fra] français
    [eng] anglais
    [ara] arabe
    [tur] turc
    [por] portugais
    [rus] russe
    [ukr] ukrainien
    [ron] roumain
    [fas] persan
    [pus] pachto
    [spa] espagnol
    [wol] wolof
    [kab] kabyle
    [zho] chinois
   *[other] { $code }
}

# Purpose of an agreement.
purpose = { $code ->
    [record_nominative] Garder un nom et un téléphone
    [recontact] Être rappelé ou revu
    [verbatim_quote] Citer ses paroles, sans nom
    [audio] Enregistrer sa voix
    [survey_follow_up] Répondre à une enquête
   *[other] Autre accord
}

# Status of an agreement.
agreement-status = { $code ->
    [granted] Accord donné
    [restricted] Accord limité
    [refused] Refusé
    [withdrawn] Retiré
   *[unknown] Pas demandé
}

# How the information was given and the agreement taken.
agreement-mode = { $code ->
    [oral] De vive voix
    [signed] Par écrit
    [interpreter] Avec un interprète
   *[other] Autrement
}

# Role of a profile.
role = { $code ->
    [mediator] Médiatrice, médiateur
    [adulte_relais] Adulte-relais
    [resident_ambassador] Habitant ambassadeur
    [coordinator] Coordination
    [structure_admin] Responsable de structure
   *[other] Autre rôle
}

# Place of a building in a priority district.
qpv-status = { $code ->
    [inside] Dans le quartier prioritaire
    [outside] Hors quartier prioritaire
    [to_confirm] Quartier à confirmer
   *[unknown] Quartier inconnu
}

# What the server said of a change it would not take.
refusal-reason = { $code ->
    [erased] La personne a demandé l’effacement.
    [not_allowed] Ce profil n’a pas le droit d’écrire ici.
    [invalid] La forme n’est pas reconnue.
   *[other] Raison non connue de cette version.
}
