## Every page of the console.

# Title of the window and of the side bar.
console-title = Palier · coordination
