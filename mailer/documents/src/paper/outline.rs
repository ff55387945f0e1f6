//! What a document is made of, in reading order: the tree that a screen reader
//! follows.

/// What an element is, in the standard structure types of PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Section,
    Title,
    Heading,
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Figure,
    Table,
    Row,
    HeaderCell,
    Cell,
}

impl Role {
    /// The name of the structure type.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Section => "Sect",
            Self::Title => "H1",
            Self::Heading => "H2",
            Self::Paragraph => "P",
            Self::List => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::Figure => "Figure",
            Self::Table => "Table",
            Self::Row => "TR",
            Self::HeaderCell => "TH",
            Self::Cell => "TD",
        }
    }
}

/// The place of an element in its outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ElementId(pub(crate) usize);

/// One element of the tree.
#[derive(Debug)]
pub(crate) struct Element {
    pub role: Role,
    /// `None`: directly under the document.
    pub parent: Option<ElementId>,
    /// What to say in place of a figure.
    pub alternative: Option<String>,
}

/// The elements of a document, parents before children.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub elements: Vec<Element>,
}

impl Outline {
    pub(crate) fn top(&mut self, role: Role) -> ElementId {
        self.add(Element { role, parent: None, alternative: None })
    }

    pub(crate) fn under(&mut self, parent: ElementId, role: Role) -> ElementId {
        self.add(Element { role, parent: Some(parent), alternative: None })
    }

    pub(crate) fn figure(&mut self, parent: Option<ElementId>, alternative: &str) -> ElementId {
        let alternative = Some(alternative.to_owned());
        self.add(Element { role: Role::Figure, parent, alternative })
    }

    fn add(&mut self, element: Element) -> ElementId {
        self.elements.push(element);
        ElementId(self.elements.len() - 1)
    }
}
