//! What opening a corpus found out that its user should see.

use std::fmt;

use super::fields::{FieldNames, Role};

/// Something that was assumed or left aside when the corpus was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// A `corpus.toml` beside or above what was named.
    ConfigFound {
        /// Its path.
        path: String,
    },
    /// Files of other formats in a folder.
    FilesIgnored {
        /// How many.
        files: u64,
        /// The first of them.
        first: String,
    },
    /// Reports that this program saved.
    ReportsIgnored {
        /// How many.
        files: u64,
        /// The first of them.
        first: String,
    },
    /// Pipes, sockets and devices in a folder.
    SpecialIgnored {
        /// How many.
        files: u64,
        /// The first of them.
        first: String,
    },
    /// A `corpus.toml` in an archive that is one of the files of a folder.
    SettingsIgnored {
        /// Its path, the first of them.
        path: String,
    },
    /// Tables whose fields were guessed.
    FieldsGuessed {
        /// How many tables share the guess.
        files: u64,
        /// The first of them.
        first: String,
        /// The fields, those that were given included.
        names: FieldNames,
        /// The roles that were guessed.
        guessed: Vec<Role>,
        /// Fields that have no role: they can be grouped by.
        others: Vec<String>,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigFound { path } => write!(formatter, "settings are read from {path}"),
            Self::FilesIgnored { files: 1, first } => {
                write!(formatter, "1 file of another format is ignored: {first}")
            }
            Self::FilesIgnored { files, first } => {
                write!(
                    formatter,
                    "{files} files of other formats are ignored, the first is {first}"
                )
            }
            Self::ReportsIgnored { files: 1, first } => {
                write!(formatter, "1 saved report is no article and is ignored: {first}")
            }
            Self::ReportsIgnored { files, first } => write!(
                formatter,
                "{files} saved reports are no articles and are ignored, the first is {first}"
            ),
            Self::SpecialIgnored { files: 1, first } => {
                write!(formatter, "{first} is a pipe, a socket or a device, and is not read")
            }
            Self::SpecialIgnored { files, first } => write!(
                formatter,
                "{files} pipes, sockets or devices are not read, the first is {first}"
            ),
            Self::SettingsIgnored { path } => write!(
                formatter,
                "{path} is not read, since the archive is one file of a folder; name the archive \
                 itself, or unpack it"
            ),
            Self::FieldsGuessed { files, first, names, others, .. } => {
                write!(formatter, "{first}")?;
                if *files > 1 {
                    write!(formatter, " and {} more", files - 1)?;
                }
                write!(formatter, ": fields taken as {names}")?;
                if names.get(Role::Outlet).is_none() {
                    formatter.write_str(match names.get(Role::Url) {
                        Some(_) => "; outlet = the folder, else the host of the url",
                        None => "; outlet = the name of the file or its folder",
                    })?;
                }
                if !others.is_empty() {
                    write!(formatter, "; other fields: {}", others.join(", "))?;
                }
                Ok(())
            }
        }
    }
}
