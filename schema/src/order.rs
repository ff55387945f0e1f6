//! Giving commands: in whose name, under which id, and what comes back.

use domain::{
    access::Role,
    kernel::{
        decider::Decider,
        envelope::{Actor, Context},
        ids::{LinkId, derived},
        slug::Slug,
    },
};
use journal::{Fault, HandleError, Handled, RowWrite};
use uuid::Uuid;

use crate::{
    fault::{ErrorCode, unavailable},
    guard::Call,
    ports::LinkPurpose,
    refused::{Done, RefusalCode, Refused, Stop},
};

/// What all commands of one mutation have in common.
#[derive(Debug, Clone)]
pub(crate) struct Order(Context);

impl Order {
    /// The same, concerning a platform.
    #[must_use]
    pub(crate) fn on(mut self, platform: &Slug) -> Self {
        self.0.tenant = Some(platform.to_string());
        self
    }

    /// The next command of the same mutation: its id follows from the first, so that repeating
    /// the mutation repeats each.
    #[must_use]
    pub(crate) fn step(&self, name: &str) -> Self {
        let mut context = self.0.clone();
        context.command = derived(&[&self.0.command.to_string(), name]);
        Self(context)
    }

    /// The same in another's name.
    #[must_use]
    pub(crate) fn by(mut self, actor: Actor) -> Self {
        self.0.actor = actor;
        self
    }

    /// The id of the command: two that are equal have their effect once.
    pub(crate) fn command(&self) -> Uuid {
        self.0.command
    }

    /// The link that the mutation has mailed: the same when it is repeated.
    pub(crate) fn link(&self) -> LinkId {
        LinkId::new(self.step("link").command())
    }

    /// What the journal writes beside each event.
    pub(crate) fn context(&self) -> &Context {
        &self.0
    }
}

impl Call<'_> {
    /// The order of `mutation`, in the viewer's name as `role`. `id` is the client's: given
    /// again by the same viewer for the same mutation, it has the first answer.
    pub(crate) fn order(self, mutation: &str, id: Option<Uuid>, role: Role) -> Order {
        let actor = match self.viewer().account {
            Some(account) => Actor::Account { account, role: role.to_string() },
            None => Actor::Visitor,
        };
        self.order_by(mutation, id, actor)
    }

    /// The order of a mutation that a mailed link allows.
    pub(crate) fn order_by_link(
        self,
        mutation: &str,
        id: Option<Uuid>,
        purpose: LinkPurpose,
    ) -> Order {
        let purpose = purpose.to_string();
        self.order_by(mutation, id, Actor::Link { purpose })
    }

    fn order_by(self, mutation: &str, id: Option<Uuid>, actor: Actor) -> Order {
        let caller = self.caller();
        let who = match self.viewer().account {
            Some(account) => account.to_string(),
            None => caller.from.clone().unwrap_or_default(),
        };
        let command = match id {
            Some(id) => derived(&["command", &id.to_string(), &who, mutation]),
            None => self.service().draw(),
        };
        Order(Context {
            command,
            actor,
            from: caller.from.clone(),
            correlation: caller.correlation,
            cause: None,
            tenant: None,
            at: self.service().now(),
        })
    }

    /// Gives `command` to the stream `stream_id`.
    pub(crate) async fn give<D>(
        self,
        order: &Order,
        stream_id: &str,
        command: D::Command,
    ) -> Done<Handled<D::Event>>
    where
        D: Decider,
        Refused: From<D::Refusal>,
    {
        let handled = self.journal().handle::<D>(stream_id, command, &order.0);
        handled.await.map_err(stop::<D>)
    }

    /// What `command` would cause, without giving it.
    pub(crate) async fn try_out<D>(
        self,
        stream_id: &str,
        command: D::Command,
    ) -> Done<Vec<D::Event>>
    where
        D: Decider,
        Refused: From<D::Refusal>,
    {
        let loaded = self.journal().load::<D>(stream_id).await;
        let (state, _) = loaded.map_err(|fault| journal_fault(&fault))?;
        D::decide(&state, command).map_err(|refusal| Refused::from(refusal).into())
    }

    /// The same, writing `rows` along.
    pub(crate) async fn give_with_rows<D>(
        self,
        order: &Order,
        stream_id: &str,
        command: D::Command,
        rows: Vec<RowWrite>,
    ) -> Done<Handled<D::Event>>
    where
        D: Decider,
        Refused: From<D::Refusal>,
    {
        let journal = self.journal();
        let handled = journal.handle_with_rows::<D>(stream_id, command, &order.0, rows);
        handled.await.map_err(stop::<D>)
    }
}

fn stop<D>(error: HandleError<D::Refusal>) -> Stop
where
    D: Decider,
    Refused: From<D::Refusal>,
{
    match error {
        HandleError::Refused(refusal) => Stop::Refused(refusal.into()),
        HandleError::Claimed { .. } => Stop::Refused(login_taken()),
        HandleError::Erased(_) => Stop::Refused(person_erased()),
        HandleError::Conflict => Stop::Error(ErrorCode::Conflict.error()),
        HandleError::Fault(fault) => Stop::Error(journal_fault(&fault)),
    }
}

/// The log failed, or the client's command id had served for something else.
pub(crate) fn journal_fault(fault: &Fault) -> async_graphql::Error {
    if matches!(fault, Fault::CommandReused { .. }) {
        ErrorCode::Conflict.error()
    } else {
        unavailable(fault)
    }
}

/// The address is another account's.
pub(crate) fn login_taken() -> Refused {
    Refused::new(RefusalCode::LoginTaken, "Cette adresse est déjà celle d’un autre compte.")
}

/// The command says something about a person who was erased.
pub(crate) fn person_erased() -> Refused {
    Refused::new(
        RefusalCode::PersonErased,
        "Les données de cette personne ont été effacées\u{202f}: plus rien ne peut être noté à son \
         sujet.",
    )
}
