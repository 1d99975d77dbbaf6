//! Tells the story line by line, and keeps count of the promises.

use std::time::Instant;

/// A story being told.
pub struct Telling {
    began: Instant,
    promises: u32,
    broken: u32,
}

impl Telling {
    /// Begins.
    pub fn begin() -> Self {
        Self { began: Instant::now(), promises: 0, broken: 0 }
    }

    /// Tells what happens.
    pub fn says(&self, line: &str) {
        self.print("   ", line);
    }

    /// Tells a promise and whether it held.
    pub fn holds(&mut self, held: bool, line: &str) {
        self.promises += 1;
        self.broken += u32::from(!held);
        self.print(if held { " ✔ " } else { " ✖ " }, line);
    }

    /// Ends: an error when a promise was broken.
    pub fn end(self) -> anyhow::Result<()> {
        let kept = self.promises - self.broken;
        self.print("   ", &format!("{kept} promesses tenues sur {}.", self.promises));
        anyhow::ensure!(self.broken == 0, "{} promises were broken", self.broken);
        Ok(())
    }

    #[expect(clippy::print_stdout, reason = "the story is this program's answer")]
    fn print(&self, mark: &str, line: &str) {
        println!("{:>5.1} s {mark}{line}", self.began.elapsed().as_secs_f32());
    }
}
