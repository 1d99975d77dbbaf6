# Doublons: files and people that several mediators may have written down twice.

# Title of the page, and its name in the side bar.
title = Doublons
# Nothing waits.
nothing = Aucun doublon à examiner.
# Where in the list one is.
place = { NUMBER($n) } sur { NUMBER($total) }
# Heading of a pair. $place is a door, or two.
pair-title = { $kind ->
    [person] La même personne ?
   *[household] Le même foyer ?
}
# Under the heading.
lead = { $proposed ->
    [yes] Rien n’est réuni sans vous. Comparez, puis choisissez.
   *[no] C’est possible, sans plus. Comparez, puis choisissez.
}
# How likely.
likely = Ressemblance : { NUMBER($percent) } %
# Heading of the reasons.
reasons = Pourquoi cette proposition
# Why two records look like one, or do not.
reason = { $code ->
    [same_given_name] Même prénom
    [close_given_name] Prénoms proches à l’écrit
    [partial_given_name] Un prénom contient l’autre
    [initial_given_name] Prénom et initiale
    [gendered_given_name] Prénoms au masculin et au féminin
    [no_given_name] Prénom absent
    [other_given_name] Prénoms différents
    [same_family_name] Même nom
    [close_family_name] Noms proches à l’écrit
    [partial_family_name] Un nom contient l’autre
    [other_family_name] Noms différents
    [names_swapped] Nom et prénom inversés
    [rare_name] Nom rare ici
    [same_birth_date] Même naissance
    [day_month_swapped] Jour et mois inversés
    [close_birth_date] Naissances proches
    [same_birth_year] Même année de naissance
    [no_birth_date] Naissance absente
    [other_birth_date] Naissances différentes
    [same_address] Même adresse
    [same_street] Même rue
    [other_address] Autre adresse
    [same_door] Même porte
    [other_door] Autre porte
    [same_phone] Même téléphone
    [close_phone] Téléphones à un chiffre près
    [same_person_elsewhere] Une autre fiche mène de l’une à l’autre
    [several_candidates] Une autre fiche ressemble autant
   *[other] Autre raison
}
# Rows.
row-people = Personnes
# Rows.
row-place = Adresse
# Rows.
row-opened = Fiche ouverte
# Rows.
row-languages = Langues
# Rows.
row-agreed = Accords donnés
# Rows.
row-refused = Accords refusés
# Rows.
row-hangs = Dossier
# Rows.
row-structure = Structure
# When and by whom a file was opened.
opened = { $when }, par { $who }
# A person of a side.
born = { $name }, { $year }
# What hangs on a file.
hangs = { NUMBER($diagnoses) } diagnostics, { NUMBER($referrals) } orientations, { NUMBER($tasks) } à faire
# No name may be shown.
unnamed = Sans nom
# What happens when they are one.
after = { $kind ->
    [person] Après : une seule personne dans la fiche. Rien n’est effacé, tout peut être défait.
   *[household] Après : une seule fiche, sur toutes les tablettes. Visites, diagnostics, orientations et accords des deux sont gardés ; l’accord le plus protecteur vaut. Tout peut être défait.
}
# People who are made one with their files.
people-too = { $count ->
    [one] 1 personne des deux fiches sera aussi réunie.
   *[other] { NUMBER($count) } personnes des deux fiches seront aussi réunies.
}
# Button.
same = { $kind ->
    [person] C’est la même personne
   *[household] C’est le même foyer
}
# Button.
apart = { $kind ->
    [person] Ce sont deux personnes
   *[household] Ce sont deux foyers
}
# Notice.
joined = { $kind ->
    [person] Une seule personne.
   *[household] Un seul foyer : les deux fiches se lisent ensemble.
}
# Notice.
parted = C’est noté : la question ne sera plus posée.
# Notice after an undo.
undone = Décision annulée.
