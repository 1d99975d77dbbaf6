### Screens that are shown to the resident: short words for the mediator, the rest in the resident's own language.

# Hands the tablet over.
show = Montrer à l’habitant
# Title of the chooser, read aloud.
choose = Langue de la personne
# Changes the language.
language = Langue
# Turns the screen for who stands opposite.
turn = Tourner
# Reads the sentence aloud.
listen = Écouter
# The system has no voice for this language.
voice-missing = Voix manquante
# Nobody proof-read this sentence.
not-proofread = Traduction non relue
# This sentence has no translation.
not-translated = Pas encore traduit
# Gives the tablet back: asks the PIN.
give-back = Rendre la tablette
# Title of the PIN dialog.
give-back-title = Votre code, pour reprendre la tablette
# The button of the pass-phrase.
give-back-go = Reprendre
# There is no question any more.
done = Merci. Rendez la tablette.
# To the question before.
before = Retour
# Answers of the agreements.
yes = Oui
# The other one.
no = Non
