//! START HERE: all that can happen to an entry or an account, one file an act.
//!
//! Every act is one transaction: the change, its event, and its mails into the outbox. An act takes the [`House`]
//! it happens in and the [`Actor`](crate::domain::Actor) who does it, and says in an
//! [`AppError`](crate::error::AppError) why it was not done.

mod chronicle;
mod house;
mod limit;
mod post;

pub mod add_note;
pub mod approve;
pub mod entry_in_hand;
pub mod history;
pub mod import;
pub mod invite_editor;
pub mod keep_form;
pub mod make_up;
pub mod prepare_editions;
pub mod publish;
pub mod publish_due;
pub mod queue;
pub mod recall;
pub mod refresh_guide;
pub mod report_fact;
pub mod request_changes;
pub mod resend_message;
pub mod review;
pub mod save_page;
pub mod session;
pub mod sheet;
pub mod sign_in;
pub mod start_entry;
pub mod submit;
pub mod unpublish;
pub mod withdraw;

pub use entry_in_hand::EntryInHand;
pub use house::{Editions, House};
pub use sheet::Sheet;
