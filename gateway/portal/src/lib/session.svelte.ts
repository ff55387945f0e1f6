import { MeDocument, type MeQuery } from '../gql/graphql';
import { client } from './client';
import { seen } from './seen';

export type Me = NonNullable<MeQuery['me']>;

/** Who is signed in, in this browser. */
class Session {
  me = $state.raw<Me | null>();
  /** True when the session ended while someone was at work: the sign-in opens over the page. */
  ended = $state(false);
  /** Grows at each sign-in: what was read for somebody else is read again. */
  account = $state(0);

  /** Asks the server who is signed in; `null` is nobody. */
  async refresh(): Promise<Me | null> {
    const result = await client.query(MeDocument, { minPosition: seen() ?? null }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error && !result.data) return this.me ?? null;
    this.me = result.data?.me ?? null;
    return this.me;
  }

  /** After a sign-in: `ended` pages go on where they were. */
  async began(): Promise<void> {
    await this.refresh();
    this.ended = false;
    this.account += 1;
  }

  end(): void {
    if (this.me) this.ended = true;
  }

  /** After « Déconnexion ». */
  left(): void {
    this.me = null;
    this.ended = false;
    this.account += 1;
  }
}

export const session = new Session();
