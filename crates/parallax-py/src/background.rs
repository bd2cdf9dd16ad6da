//! Work on a thread of its own, while the caller's thread hears Ctrl-C and shows progress.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;

use crate::errors::fault;

/// How long a signal may wait to be heard, and how often progress is shown.
const PATIENCE: Duration = Duration::from_millis(100);

/// As much as a main thread has.
const STACK: usize = 8 << 20;

/// What work on a thread of its own tells, and is told.
#[derive(Default)]
pub struct Caller {
    counted: AtomicUsize,
    gone: AtomicBool,
}

impl Caller {
    /// Hears that one more article is counted.
    pub fn counted(&self) {
        self.counted.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether anybody still waits for the result.
    ///
    /// # Errors
    /// Nobody does: the work is to end.
    pub fn waits(&self) -> PyResult<()> {
        if self.gone.load(Ordering::Relaxed) {
            return Err(PyKeyboardInterrupt::new_err(()));
        }
        Ok(())
    }
}

/// Does the work without the interpreter's lock. `progress` is called with the numbers of articles
/// counted since it was called last; what it raises, and Ctrl-C, end the wait at once. Work that does
/// not ask whether anybody waits then goes on to its end, and its result is dropped.
///
/// # Errors
/// Those of the work, of `progress` and of the handlers of signals.
pub fn run<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Caller) -> PyResult<T> + Send + 'static,
) -> PyResult<T> {
    let caller = Arc::new(Caller::default());
    let (alive, mut done) = channel::<()>();
    let worker = thread::Builder::new().name("parallax".to_owned()).stack_size(STACK).spawn({
        let caller = Arc::clone(&caller);
        move || {
            // Closed when the work ends, however it ends.
            let _alive = alive;
            work(&caller)
        }
    });
    let worker = worker.map_err(fault)?;
    let show = || match (caller.counted.swap(0, Ordering::Relaxed), progress) {
        (articles, Some(progress)) if articles > 0 => progress.call1((articles,)).map(drop),
        _ => Ok(()),
    };
    loop {
        let done = &mut done;
        let told = py.detach(move || done.recv_timeout(PATIENCE));
        if let Err(raised) = show().and_then(|()| py.check_signals()) {
            caller.gone.store(true, Ordering::Relaxed);
            return Err(raised);
        }
        if told == Err(RecvTimeoutError::Disconnected) {
            break;
        }
    }
    match py.detach(|| worker.join()) {
        Ok(result) => result,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
