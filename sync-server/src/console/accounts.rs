//! The first account, the login, other accounts.

use super::ConsoleError;
use super::api::*;
use super::call::{Call, SessionTurn};
use super::{points, tablets};
use crate::registry::{Account, LoginRefusal, WeakPassword};

/// Minutes to wait after too many tries.
const WAIT_MINUTES: i64 = 15;

pub(super) fn console_state(call: &mut Call<'_>, _: Nothing) -> Result<ConsoleState, ConsoleError> {
    state(call)
}

fn state(call: &mut Call<'_>) -> Result<ConsoleState, ConsoleError> {
    let open = call.account.is_some();
    Ok(ConsoleState {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        first_account: call.centre.registry.needs_first_account()?,
        account: call.who(),
        demo: open && call.centre.store.has_invented()?,
        points: if open { points::waiting(call)? } else { 0 },
        tablets: if open { tablets::waiting(call)? } else { 0 },
    })
}

pub(super) fn create_first_account(call: &mut Call<'_>, request: NewAccount) -> Result<ConsoleState, ConsoleError> {
    if !call.centre.registry.needs_first_account()? {
        return Err(ConsoleError::of(ErrorCode::AlreadySet));
    }
    let account = make(call, &request)?;
    open(call, account)
}

pub(super) fn create_account(call: &mut Call<'_>, request: NewAccount) -> Result<Done, ConsoleError> {
    make(call, &request)?;
    Ok(Done {})
}

fn make(call: &mut Call<'_>, request: &NewAccount) -> Result<Account, ConsoleError> {
    let name = super::call::form_text("name", &request.name, crate::registry::TEXT_CHARS_MAX)?;
    call.centre.registry.add_account(&name, &request.password, call.now_ms)?.map_err(weak)
}

fn weak(_: WeakPassword) -> ConsoleError {
    ConsoleError::of(ErrorCode::WeakPassword)
}

/// The password was checked before the centre was taken.
pub(super) fn sign_in(call: &mut Call<'_>, _: SignIn) -> Result<ConsoleState, ConsoleError> {
    let (trial, fits) = call.login.take().ok_or_else(|| ConsoleError::of(ErrorCode::Internal))?;
    let account = call.centre.registry.end_login(trial, fits)?.map_err(refused)?;
    open(call, account)
}

fn check(call: &mut Call<'_>, name: &str, password: &str) -> Result<Account, ConsoleError> {
    call.centre.registry.log_in(name, password, call.now_ms)?.map_err(refused)
}

pub(super) fn refused(refusal: LoginRefusal) -> ConsoleError {
    match refusal {
        LoginRefusal::Wrong => ConsoleError::of(ErrorCode::WrongLogin),
        LoginRefusal::TooMany => ConsoleError::new(ErrorCode::TooManyTries, WAIT_MINUTES),
    }
}

/// Opens a session under a new token: one that was there before the login is ended.
fn open(call: &mut Call<'_>, account: Account) -> Result<ConsoleState, ConsoleError> {
    if let Some(token) = call.token.take() {
        call.centre.registry.close_session(&token)?;
    }
    call.turn = SessionTurn::Opens(call.centre.registry.open_session(&account, call.now_ms)?);
    call.account = Some(account);
    state(call)
}

pub(super) fn sign_out(call: &mut Call<'_>, _: Nothing) -> Result<ConsoleState, ConsoleError> {
    if let Some(token) = call.token.take() {
        call.centre.registry.close_session(&token)?;
    }
    call.turn = SessionTurn::Ends;
    call.account = None;
    state(call)
}

pub(super) fn change_password(call: &mut Call<'_>, request: ChangePassword) -> Result<ConsoleState, ConsoleError> {
    let name = call.who();
    let account = check(call, &name, &request.old_password)?;
    call.centre.registry.set_password(&name, &request.new_password)?.map_err(weak)?;
    open(call, account)
}
