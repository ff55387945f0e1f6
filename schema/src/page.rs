//! Pages of a list: « Résultats 1 - 10 sur 52 ».

use std::borrow::Cow;

use async_graphql::{InputObject, OutputType, SimpleObject, TypeName};
use projections::Window;

/// The most rows in one page.
const MOST: u32 = 200;

/// Partie d’une liste que l’on veut lire.
#[derive(Debug, Clone, Copy, InputObject)]
pub(crate) struct PageInput {
    /// Nombre de lignes à passer.
    #[graphql(default = 0)]
    pub(crate) offset: u32,
    /// Nombre de lignes voulues, 200 au plus.
    #[graphql(default = 50)]
    pub(crate) limit: u32,
}

impl PageInput {
    /// The part wanted; the first fifty rows when nothing was said.
    pub(crate) fn window(page: Option<Self>) -> Window {
        let page = page.unwrap_or(Self { offset: 0, limit: 50 });
        Window { offset: page.offset, limit: page.limit.min(MOST) }
    }
}

/// Partie d’une liste.
#[derive(Debug, SimpleObject)]
#[graphql(name_type)]
pub(crate) struct Page<T: OutputType> {
    /// Lignes voulues.
    pub(crate) items: Vec<T>,
    /// Nombre de lignes de toute la liste.
    pub(crate) total: u64,
    /// Nombre de lignes passées.
    pub(crate) offset: u32,
    /// Nombre de lignes voulues, 200 au plus.
    pub(crate) limit: u32,
    /// Vrai si la liste ne tient pas encore compte de la position demandée.
    pub(crate) stale: bool,
}

impl<T: OutputType> TypeName for Page<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Page", T::type_name()).into()
    }
}

impl<T: OutputType> Page<T> {
    /// The `window` of a list that was read.
    pub(crate) fn of<R: Into<T>>(page: projections::Page<R>, window: Window, stale: bool) -> Self {
        Self {
            items: page.items.into_iter().map(Into::into).collect(),
            total: page.total,
            offset: window.offset,
            limit: window.limit,
            stale,
        }
    }
}
