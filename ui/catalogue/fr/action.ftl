### Actions away from the doors: people are counted, never named.

# Title of the list.
title = Dehors
# What it is.
help = Pied d’immeuble, stand, caravane : comptez sans nom.
# Starts one.
start = Commencer une action
# What kind.
kind-label = Quoi ?
# Types.
kind = { $code ->
    [pied_immeuble] Pied d’immeuble
    [stand] Stand
    [caravane_acces_droits] Caravane d’accès aux droits
    [rencontre_informelle] Rencontre informelle
    [animation_seniors] Animation seniors
    [accueil_nouveaux_habitants] Accueil de nouveaux habitants
    [atelier_collectif] Atelier
    [reunion_habitants] Réunion d’habitants
   *[autre] Autre action
}
# Where.
place-label = Où ?
# Places.
place = { $code ->
    [pied_immeuble] Pied d’immeuble
    [hall] Hall
    [marche] Marché
    [ecole] École
    [parc] Parc
    [centre_commercial] Centre commercial
    [arret_transport] Arrêt de bus ou tram
    [parking] Parking
    [local_partage] Local partagé
    [centre_social] Centre social
   *[autre] Ailleurs
}
# Which sector.
sector = Secteur
# Its name, if it has one.
name = Nom, si elle en a un
# The button.
go = Commencer
# A line of the list.
line = { $place } · { $people ->
    [0] personne encore
    [one] une personne
   *[other] { NUMBER($people) } personnes
}
# It goes on.
open = En cours
# It is over.
status = { $code ->
    [confirmed] En cours
    [done] Terminée
   *[cancelled] N’a pas eu lieu
}
# None yet.
none = Aucune action depuis 30 jours.
# Title of the counters.
people = Personnes
# Everyone counted.
total = { $count ->
    [0] Touchez une case : une personne de plus.
    [one] Une personne
   *[other] { NUMBER($count) } personnes
}
# Column heads.
gender = { $code ->
    [f] Femmes
    [m] Hommes
   *[nc] Non précisé
}
# A cell, for screen readers.
cell = { $band }, { $gender } : { $count }
# An age nobody could tell.
age-unknown = Âge inconnu
# What else is counted.
heard = Besoins entendus
# Others.
other = { $code ->
    [informed] Informées
   *[see_again] Veulent être revues
}
# Title of those.
others = Et aussi
# The last tap, to take back.
last = Dernier : { $what }
# Takes it back.
less = Enlever un
# Ends it.
end = Terminer
# The balance.
end-title = Bilan de l’action
# Confirms.
end-go = Terminer l’action
# It did not take place.
cancel = Elle n’a pas eu lieu
# Why.
reason = { $code ->
    [weather] Météo
    [partner] Partenaire absent
   *[other] Autre raison
}
# It is over: nothing is counted any more.
over = Terminée, { $when }. « Journal du jour » la rouvre.
# A band and a gender, as one word.
who = { $gender }, { $band }
# Nothing was counted.
balance-none = Personne n’a été compté.
# Each part of the balance.
balance-line = { $what } : { $count }
