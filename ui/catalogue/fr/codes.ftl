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

# Why a bundle could not be made or read, and what to do.
bundle-refusal = { $code ->
    [not_a_bundle] Ce n’est pas un fichier Palier. Choisissez un fichier « .palier ».
    [truncated] Le fichier est incomplet. Copiez-le de nouveau.
    [altered] Le fichier est abîmé ou modifié. Demandez-en un autre.
    [newer] Le fichier vient d’une version plus récente. Mettez l’application à jour.
    [older] Le fichier vient d’une version trop ancienne. L’autre tablette doit être mise à jour.
    [too_large] Le fichier est trop gros pour un fichier Palier.
    [unreadable] Le fichier ne se lit pas. Rebranchez la clé, puis réessayez.
    [other_territory] Le fichier vient d’un autre territoire.
    [not_for_this_tablet] Le fichier n’est pas pour cette tablette : autre structure, autres droits, ou c’est vous qui l’avez préparé.
    [own] C’est vous qui avez préparé ce fichier.
    [giver_unknown] Cette tablette ne connaît pas encore celle qui l’a préparé. Connectez-vous au réseau une fois.
    [giver_stopped] La tablette qui l’a préparé n’est plus autorisée. Parlez-en à votre coordinatrice.
    [no_roster] Cette tablette ne connaît pas encore les autres. Connectez-vous au réseau une fois.
    [old_roster] Plus de 45 jours sans réseau : connectez-vous une fois avant d’échanger.
    [nothing] Rien à donner : le serveur a déjà tout reçu.
    [no_reader] Aucune autre tablette de votre structure ne peut lire ce fichier.
   *[other] Le fichier n’a pas été lu.
}

# Why changes of a bundle were left out.
bundle-left = { $code ->
    [author_unknown] Cette tablette ne connaît pas encore leur auteur.
    [author_revoked] La tablette de leur auteur a été retirée.
    [author_suspended] La tablette de leur auteur est suspendue : elles attendent.
    [not_signed] Leur signature n’est pas la bonne.
    [scope] Ce secteur ou ces dossiers ne sont pas à vous.
    [not_allowed] Leur auteur n’a pas ce droit.
    [no_room] La tablette transmet déjà tout ce qu’elle peut : connectez-vous au réseau.
   *[other] Raison non connue de cette version.
}
