//! Parallax for Python: the compiled half. What a user calls is in `python/parallax`; this half takes
//! plain values and Arrow streams and gives JSON and Arrow streams.

use pyo3::prelude::*;

mod articles;
mod background;
mod count;
mod errors;
mod lexicon;
mod look;
mod part;
mod report;
mod stream;
mod table;

#[pymodule]
fn _parallax(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("ParallaxError", module.py().get_type::<errors::ParallaxError>())?;
    module.add("LexiconError", module.py().get_type::<errors::LexiconError>())?;
    module.add_class::<report::Report>()?;
    module.add_class::<count::Tallies>()?;
    module.add_class::<part::Part>()?;
    module.add_class::<part::Counter>()?;
    module.add_function(wrap_pyfunction!(report::report, module)?)?;
    module.add_function(wrap_pyfunction!(report::report_of_tallies, module)?)?;
    module.add_function(wrap_pyfunction!(report::report_schema, module)?)?;
    module.add_function(wrap_pyfunction!(report::load_report, module)?)?;
    module.add_function(wrap_pyfunction!(report::diff, module)?)?;
    module.add_function(wrap_pyfunction!(count::tally, module)?)?;
    module.add_function(wrap_pyfunction!(articles::fields, module)?)?;
    module.add_function(wrap_pyfunction!(look::kwic, module)?)?;
    module.add_function(wrap_pyfunction!(look::explain, module)?)?;
    module.add_function(wrap_pyfunction!(lexicon::lexicon_source, module)?)?;
    module.add_function(wrap_pyfunction!(lexicon::lexicon_check, module)?)?;
    module.add_function(wrap_pyfunction!(lexicon::lexicon_import, module)?)?;
    module.add_function(wrap_pyfunction!(lexicon::builtin_lexicons, module)?)?;
    Ok(())
}
