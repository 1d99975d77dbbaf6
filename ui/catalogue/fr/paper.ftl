### Printed pages: the slip of a referral, the notice of a visit.

# Opens the form of the slip.
slip-print = Bon à imprimer
# The language beside French.
language = Autre langue
# French alone.
french-only = Français seul
# The telephone on the page.
phone = Téléphone de l’équipe
# Makes the file.
slip-go = Créer le bon (PDF)
# It is made.
made = Fichier créé : { $name }
# Title of the notice, and its button.
notice-title = Avis de passage
# What it is.
notice-help = Le même pour tout l’immeuble. Aucun nom, aucune porte.
# Whose it is.
team = Nom de l’équipe
# When one comes back.
day = Nous revenons le
# Part of that day.
part = Moment
# Parts.
part-of = { $code ->
    [morning] Le matin
   *[afternoon] L’après-midi
}
# Languages beside French.
languages = Cinq autres langues au plus
# The paper.
sheet = Papier
# One on A5, two on A4.
format = { $code ->
    [a5] Une feuille A5
   *[a4] Deux sur A4, à couper
}
# Makes the file.
notice-go = Créer l’avis (PDF)
# The code that callers quote.
batch = Code à noter quand on vous appelle : { $code }
# What the page cannot say.
refused = { $field ->
    [phone] Écrivez le téléphone de l’équipe.
    [team] Écrivez le nom de l’équipe.
    [languages] Cinq langues au plus, en plus du français.
    [day] Ce jour n’existe pas.
   *[other] Cette page ne peut pas être imprimée. Raccourcissez le texte.
}
