//! What the guide is about, without storage and without HTTP: an entry's status, editions and their dates, who may
//! do what, and the clock and the chance that everything else is handed.

pub mod clock;
pub mod edition;
pub mod edition_file;
pub mod permission;
pub mod random;
pub mod reference;
pub mod status;
pub mod token;

pub use clock::Clock;
pub use edition::{Edition, Phase, Schedule, Shut};
pub use edition_file::EditionFile;
pub use permission::{Access, Actor, Place, decide};
pub use random::Random;
pub use status::{Act, NotNow, Status};
