### What people say: who lives there, how far they are from their rights, trust, their own words.

## Who lives there

# Title of the age bands.
ages-title = Qui vit ici
# Age bands; a key does not begin with a figure.
age-band = { $code ->
    [bunder_12] Moins de 12 ans
    [b12_17] 12 à 17 ans
    [b18_24] 18 à 24 ans
    [b25_39] 25 à 39 ans
    [b40_59] 40 à 59 ans
    [b60_69] 60 à 69 ans
   *[bover_70] 70 ans et plus
}
# One more of that band.
band-more = , un de plus
# One less of that band.
band-less = { $band } : un de moins
# Everyone counted.
ages-all = { $count ->
    [0] Touchez une tranche d’âge pour compter.
    [one] Une personne
   *[other] { $count } personnes
}

## How far from its rights

# Title: asked once.
distance-title = Liens avec les services
# Which structures know them.
known-by = Connu d’une structure ?
# Structures.
known = { $code ->
    [none] D’aucune
    [centre_social] Centre social
    [france_services] France services
    [ccas] CCAS
    [mds] Maison des solidarités
    [caf] CAF
    [france_travail] France Travail
    [mission_locale] Mission locale
    [bailleur_social] Bailleur
    [ecole] École
    [association] Association
   *[autre] Autre
}
# When they last went to one.
last-contact = Dernière fois dans un service public
# Times.
last = { $code ->
    [this_month] Ce mois-ci
    [this_year] Cette année
    [over_year] Plus d’un an
    [never] Jamais
   *[unknown] Ne sait pas
}

## Words

# Title of what was said.
words-title = Paroles
# What may be done with them.
words-help = Gardées mot pour mot, sans le nom.
# The person agrees to it.
words-agree = La personne accepte d’être citée
# What it is about.
words-theme = De quoi parle-t-elle ?
# The field of the words.
words-field = Ses mots
# Adds another.
words-add = Noter une parole

## Trust

# Title of the screen.
trust-title = Confiance
# Opens the screen.
measure = Demander la confiance
# Nothing ties it to a name.
trust-help = Sans nom : seul le code relie les réponses.
# The question.
ask = Avez-vous confiance ?
# The same, with whom it is about.
ask-of = { $object } : avez-vous confiance ?
# Whom it is about, as a choice.
trust-object = En qui ?
# Institutions.
object = { $code ->
    [services_publics] Les services publics
    [caf] La CAF
    [ecole] L’école
    [bailleur] Le bailleur
    [mairie] La mairie
    [associations] Les associations
   *[mediateurs] Les médiateurs
}
# The four faces.
level = { $level ->
    [1] Pas du tout
    [2] Plutôt pas
    [3] Plutôt oui
   *[4] Tout à fait
}
# What was said the first time.
trust-first = La première fois, { $when } : { $level }
# Since then.
trust-since = Depuis, la confiance est
# Compared with the time before.
retro = { $code ->
    [more] Plus grande
    [same] La même
   *[less] Moins grande
}
# Takes today's answer back.
trust-back = Retirer cette réponse
# The code that pairs the answers.
trust-code = Code de la personne
# To whom keeps it.
keep-code = Gardez ce code pour la prochaine fois.
# Finds earlier answers by the code on a slip.
trust-known = La personne a déjà un code
# Opens it.
trust-open = Ouvrir
# The code cannot be read.
trust-mistyped = Ce code a une erreur : relisez-le.

## Agreements in the resident's own hands

# The first agreement.
ask-name = Pouvons-nous garder votre nom et votre téléphone ?
# The second one.
ask-again = Pouvons-nous revenir vous voir ou vous appeler ?
# Beneath both.
ask-rights = Vous pouvez changer d’avis. Tout est alors effacé.
# What the resident answered, for the mediator.
asked-told = La personne a répondu sur la tablette.

## Agreements given for a service

# Title.
shares-title = Dit à des services
