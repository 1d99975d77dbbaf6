### The field app. French only for now; sentences of twelve words at most.

## Every screen.

# Title of the app, in the header of the first screen.
app-title = Palier
