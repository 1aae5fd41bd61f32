//! What makes the read-only side of the host port out of one declaration.
//!
//! [`host_read!`] takes the methods as [`read`](super::read) declares them, and gives the traits, each call as a value
//! ([`Call`](super::Call)) with its answer ([`Answer`](super::Answer)), the description of each
//! ([`CallSpec`](super::CallSpec)), and a host behind a hook ([`Hooked`](super::Hooked)).

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{HostError, ListedError, TimeZoneInfo};
use crate::names::Name;
use crate::world::Language;

/// What a method returns: a value, or a result.
pub(super) trait Returned {
    /// What a call finds that does not fail.
    type Found: Serialize + JsonSchema;

    /// The errors with which a call can fail.
    fn errors() -> Vec<&'static dyn HostError>;

    /// How the call failed, if it did.
    fn error(&self) -> Option<&dyn HostError>;

    /// What the call found, as JSON; `None` if it failed.
    fn value(&self) -> Option<Value>;
}

impl<T: Serialize + JsonSchema, E: ListedError> Returned for Result<T, E> {
    type Found = T;

    fn errors() -> Vec<&'static dyn HostError> {
        E::OF_READS.iter().map(|error| error as &dyn HostError).collect()
    }

    fn error(&self) -> Option<&dyn HostError> {
        self.as_ref().err().map(|error| error as &dyn HostError)
    }

    fn value(&self) -> Option<Value> {
        self.as_ref().ok().and_then(|value| serde_json::to_value(value).ok())
    }
}

/// Types that are returned as they are, by calls that cannot fail.
macro_rules! always {
    ($($type:ty),*) => {$(
        impl Returned for $type {
            type Found = Self;

            fn errors() -> Vec<&'static dyn HostError> {
                Vec::new()
            }

            fn error(&self) -> Option<&dyn HostError> {
                None
            }

            fn value(&self) -> Option<Value> {
                serde_json::to_value(self).ok()
            }
        }
    )*};
}

always!(Name, Language, Timestamp, TimeZoneInfo);

/// Declares the read-only side of the host port.
///
/// A method is `Variant = fn method[who](argument: &Type, …) -> Type;` after its documentation and `#[windows = "…"]`,
/// the public API that answers it there. `[who]` marks calls whose answer depends on the account. The name of a call in JSON is the variant's, in kebab case; its arguments are the method's,
/// and `as` is the account.
macro_rules! host_read {
    (
        sync { $(
            $(#[$trait_meta:meta])*
            trait $trait:ident { $(
                $(#[doc = $doc:literal])+
                #[windows = $windows:literal]
                $variant:ident = fn $method:ident $([$who:ident])?
                    ($($arg:ident: &$type:ident),*) -> $out:ty;
            )* }
        )* }
        async {
            $(#[$net_meta:meta])*
            trait $net:ident { $(
                $(#[doc = $far_doc:literal])+
                #[windows = $far_windows:literal]
                $far_variant:ident = fn $far_method:ident $([$far_who:ident])?
                    ($($far_arg:ident: &$far_type:ident),*) -> $far_out:ty;
            )* }
        }
    ) => {
        $(
            $(#[$trait_meta])*
            pub trait $trait { $(
                $(#[doc = $doc])+
                #[doc = concat!("\n\nOn Windows: ", $windows, ".")]
                fn $method(&self $(, $who: &Account)? $(, $arg: &$type)*)
                    -> $out;
            )* }
        )*

        $(#[$net_meta])*
        #[async_trait::async_trait]
        pub trait $net: Send + Sync {
            $(
                $(#[doc = $far_doc])+
                #[doc = concat!("\n\nOn Windows: ", $far_windows, ".")]
                async fn $far_method(&self $(, $far_who: &Account)? $(, $far_arg: &$far_type)*)
                    -> $far_out;
            )*
            /// Opens a TCP connection, without any proxy (`WSAConnectByNameW`).
            async fn dial(&self, who: &Account, to: &Address) -> Result<Connection, DialError>;
        }

        /// One call of the read-only side, as a value.
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Call {
            $($(
                $(#[doc = $doc])+
                $variant {
                    $(
                        /// As whom.
                        #[serde(rename = "as", default)]
                        $who: Account,
                    )?
                    $(
                        /// The method's argument of this name.
                        $arg: <$type as ToOwned>::Owned,
                    )*
                },
            )*)*
            $(
                $(#[doc = $far_doc])+
                $far_variant {
                    $(
                        /// As whom.
                        #[serde(rename = "as", default)]
                        $far_who: Account,
                    )?
                    $(
                        /// The method's argument of this name.
                        $far_arg: <$far_type as ToOwned>::Owned,
                    )*
                },
            )*
            /// Opens a TCP connection; as a value, only whether that succeeds.
            Dial {
                /// As whom.
                #[serde(rename = "as", default)]
                who: Account,
                /// Where to.
                to: Address,
            },
        }

        /// The answer to a [`Call`].
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Answer {
            $($(
                $(#[doc = $doc])+
                $variant($out),
            )*)*
            $(
                $(#[doc = $far_doc])+
                $far_variant($far_out),
            )*
            /// Whether a TCP connection was opened.
            Dial(Result<(), DialError>),
        }

        impl Call {
            /// Every call, described.
            pub const SPECS: &[CallSpec] = &[
                $($(
                    CallSpec {
                        method: stringify!($method),
                        group: stringify!($trait),
                        doc: &[$($doc),+],
                        windows: $windows,
                        arguments: &[
                            $({ let _: &str = stringify!($who); ArgumentSpec::ACCOUNT },)?
                            $(ArgumentSpec::new::<<$type as ToOwned>::Owned>(stringify!($arg)),)*
                        ],
                        answer: schemars::SchemaGenerator::subschema_for::<<$out as Returned>::Found>,
                        errors: <$out as Returned>::errors,
                    },
                )*)*
                $(
                    CallSpec {
                        method: stringify!($far_method),
                        group: stringify!($net),
                        doc: &[$($far_doc),+],
                        windows: $far_windows,
                        arguments: &[
                            $({ let _: &str = stringify!($far_who); ArgumentSpec::ACCOUNT },)?
                            $(ArgumentSpec::new::<<$far_type as ToOwned>::Owned>(stringify!($far_arg)),)*
                        ],
                        answer: schemars::SchemaGenerator::subschema_for::<<$far_out as Returned>::Found>,
                        errors: <$far_out as Returned>::errors,
                    },
                )*
                CallSpec {
                    method: "dial",
                    group: stringify!($net),
                    doc: &["Whether a TCP connection can be opened, without any proxy."],
                    windows: "`WSAConnectByNameW`",
                    arguments: &[ArgumentSpec::ACCOUNT, ArgumentSpec::new::<Address>("to")],
                    answer: schemars::SchemaGenerator::subschema_for::<()>,
                    errors: <Result<(), DialError> as Returned>::errors,
                },
            ];

            /// The name of its method in Rust, as in [`CallSpec::method`].
            pub const fn method(&self) -> &'static str {
                match self {
                    $($(Self::$variant { .. } => stringify!($method),)*)*
                    $(Self::$far_variant { .. } => stringify!($far_method),)*
                    Self::Dial { .. } => "dial",
                }
            }

            /// The account as which the call is made, where Windows tells accounts apart.
            pub fn account_mut(&mut self) -> Option<&mut Account> {
                match self {
                    $($(
                        Self::$variant { $($who,)? .. } => {
                            let account = None;
                            $(let account = account.or(Some($who));)?
                            account
                        }
                    )*)*
                    $(
                        Self::$far_variant { $($far_who,)? .. } => {
                            let account = None;
                            $(let account = account.or(Some($far_who));)?
                            account
                        }
                    )*
                    Self::Dial { who, .. } => Some(who),
                }
            }

            /// Makes the call.
            pub async fn make(&self, host: &dyn HostRead) -> Answer {
                match self {
                    $($(
                        Self::$variant { $($who,)? $($arg,)* } => {
                            Answer::$variant(host.$method($($who,)? $($arg,)*))
                        }
                    )*)*
                    $(
                        Self::$far_variant { $($far_who,)? $($far_arg,)* } => {
                            Answer::$far_variant(host.$far_method($($far_who,)? $($far_arg,)*).await)
                        }
                    )*
                    Self::Dial { who, to } => Answer::Dial(host.dial(who, to).await.map(drop)),
                }
            }
        }

        impl Answer {
            /// How the call failed, if it did.
            pub fn error(&self) -> Option<&dyn HostError> {
                match self {
                    $($(Self::$variant(answer) => answer.error(),)*)*
                    $(Self::$far_variant(answer) => answer.error(),)*
                    Self::Dial(answer) => answer.error(),
                }
            }

            /// What the call found, as JSON; `None` if it failed.
            pub fn value(&self) -> Option<serde_json::Value> {
                match self {
                    $($(Self::$variant(answer) => answer.value(),)*)*
                    $(Self::$far_variant(answer) => answer.value(),)*
                    Self::Dial(answer) => answer.value(),
                }
            }
        }

        $(
            impl<K: Hook> $trait for Hooked<'_, K> { $(
                fn $method(&self $(, $who: &Account)? $(, $arg: &$type)*)
                    -> $out
                {
                    let mut call =
                        Call::$variant { $($who: $who.clone(),)? $($arg: $arg.to_owned(),)* };
                    self.hook.before(&mut call);
                    if let Call::$variant { $($who,)? $($arg,)* } = &call {
                        let answer = self.host.$method($($who,)? $($arg,)*);
                        let mut answer = Answer::$variant(answer);
                        self.hook.after(self.host, &call, &mut answer);
                        if let Answer::$variant(answer) = answer {
                            return answer;
                        }
                    }
                    self.host.$method($($who,)? $($arg,)*)
                }
            )* }
        )*

        #[async_trait::async_trait]
        impl<K: Hook> $net for Hooked<'_, K> {
            $(
                async fn $far_method(&self $(, $far_who: &Account)? $(, $far_arg: &$far_type)*)
                    -> $far_out
                {
                    let mut call = Call::$far_variant {
                        $($far_who: $far_who.clone(),)? $($far_arg: $far_arg.to_owned(),)*
                    };
                    self.hook.before(&mut call);
                    if let Call::$far_variant { $($far_who,)? $($far_arg,)* } = &call {
                        let answer = self.host.$far_method($($far_who,)? $($far_arg,)*).await;
                        let mut answer = Answer::$far_variant(answer);
                        self.hook.after(self.host, &call, &mut answer);
                        if let Answer::$far_variant(answer) = answer {
                            return answer;
                        }
                    }
                    self.host.$far_method($($far_who,)? $($far_arg,)*).await
                }
            )*

            async fn dial(&self, who: &Account, to: &Address) -> Result<Connection, DialError> {
                let mut call = Call::Dial { who: who.clone(), to: to.clone() };
                self.hook.before(&mut call);
                let (who, to) = match &call {
                    Call::Dial { who, to } => (who, to),
                    _ => (who, to),
                };
                let (connection, answer) = match self.host.dial(who, to).await {
                    Ok(connection) => (Ok(connection), Ok(())),
                    Err(error) => (Err(error), Err(error)),
                };
                let mut answer = Answer::Dial(answer);
                self.hook.after(self.host, &call, &mut answer);
                match answer {
                    // The hook can take a connection away; it has none to give.
                    Answer::Dial(Err(error)) => Err(error),
                    _ => connection,
                }
            }
        }
    };
}

pub(super) use host_read;
