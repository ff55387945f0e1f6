//! Importing the directory.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject, Upload};
use domain::access::{Action, Facts};
use uuid::Uuid;

use super::{
    import::{Import, ImportRefusal},
    messages::{import_runs, not_a_directory},
};
use crate::{
    guard::{Call, port_fault},
    input,
    refused::{Done, Stop, answer, payload},
};

/// The largest directory, in bytes: the national one has about 60 million.
const MOST_BYTES: u64 = 100 * 1024 * 1024;

/// Import de l’annuaire.
#[derive(InputObject)]
pub(crate) struct ImportDirectoryInput {
    /// Fichier CSV (UTF-8, « ; »), tel que l’annuaire de l’éducation le publie.
    file: Upload,
    /// Vrai si le fichier est complet : ferme les établissements qu’il ne contient plus, sauf
    /// s’ils sont plus d’un sur dix.
    #[graphql(default)]
    complete: bool,
    /// Identifiant de la demande.
    command_id: Option<Uuid>,
}

/// L’import a commencé.
#[derive(Debug, SimpleObject)]
pub(crate) struct DirectoryImportStarted {
    /// Où il en est.
    import: Option<Import>,
}

payload! {
    ImportDirectoryPayload = DirectoryImportStarted;
}

#[derive(Default)]
pub(crate) struct DirectoryMutation;

#[Object]
impl DirectoryMutation {
    /// Importe un fichier de l’annuaire national : n’écrit que les vraies différences. L’import
    /// continue après la réponse ; `directoryImport` dit où il en est.
    async fn import_directory(
        &self,
        ctx: &Context<'_>,
        input: ImportDirectoryInput,
    ) -> Result<ImportDirectoryPayload> {
        answer(start(ctx, input).await)
    }
}

async fn start(ctx: &Context<'_>, input: ImportDirectoryInput) -> Done<DirectoryImportStarted> {
    let call = Call::of(ctx)?;
    let role = call.require(Action::ImportDirectory, &Facts::none())?;
    let bytes = input::file(ctx, "file", &input.file, MOST_BYTES)?;
    let order = call.order("importDirectory", input.command_id, role);
    let service = call.service();
    let started = service.start_directory_import(bytes, input.complete, order.context().clone());
    match started.await.map_err(port_fault)? {
        Ok(()) => {}
        Err(ImportRefusal::NotADirectory(why)) => {
            return Err(Stop::Refused(not_a_directory(&why).at("file")));
        }
        Err(ImportRefusal::AlreadyRunning) => return Err(Stop::Refused(import_runs())),
    }
    let import = service.directory_import().await.map_err(port_fault)?;
    Ok(DirectoryImportStarted { import: import.map(Import::from) })
}
