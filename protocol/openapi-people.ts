/** The doors of people, as OpenAPI. */
import type { Writer } from './openapi-writer.ts'
import { Handled, HandleWarning, Handlings } from './handling.ts'
import {
  AcceptInvitation,
  Account,
  AuditPage,
  ChangeAccount,
  ChangePassword,
  Invitation,
  Invited,
  LookInvitation,
  MakeAccount,
  Me,
  People,
  SignedIn,
  SignIn,
  TotpConfirm,
  TotpOffer,
  TotpRemove,
} from './people.ts'

export function peoplePaths({ json, body, path, query, problem, forOperators }: Writer) {
  const text = { type: 'string' }
  const done = json('Done', { type: 'object' })
  const account = path('name', text, 'Name of the account.')
  const guesser = problem('Too many wrong passwords', true)
  const outside = { 404: problem('No such account within the own part of the tree') }
  const act = (operationId: string, summary: string, answer: ReturnType<Writer['json']>) => ({
    post: {
      operationId,
      summary,
      parameters: [account],
      responses: {
        200: answer,
        422: problem('The own account, or one that is not in such a state'),
        ...outside,
        ...forOperators,
      },
    },
  })
  return {
    '/v1/handling': {
      get: {
        operationId: 'listHandlings',
        summary: 'The warnings of the own part of the tree, and how far each is handled',
        responses: { 200: json('The warnings', Handlings), ...forOperators },
      },
      post: {
        operationId: 'handleWarning',
        summary:
          'Remind of a warning, withdraw that, take note of it, or report what was missing as done',
        requestBody: body(HandleWarning),
        responses: {
          200: json('The warning as it stands now', Handled),
          404: problem('No such warning within the own part of the tree'),
          409: problem('The warning is not at that step'),
          422: problem('Not such a request'),
          ...forOperators,
        },
      },
    },
    '/v1/me': {
      get: {
        operationId: 'getMe',
        summary: 'Who is signed in, and what that person may do',
        responses: { 200: json('The person, or null', Me) },
      },
    },
    '/v1/me/sign-in': {
      post: {
        operationId: 'signIn',
        summary: 'Sign in; the session is an HttpOnly cookie',
        requestBody: body(SignIn),
        responses: {
          200: json('Signed in, or a code of the authenticator is asked for', SignedIn),
          401: problem('Wrong name, password or code'),
          422: problem('Not such a request'),
          429: guesser,
          503: problem('Too many sign in at once', true),
        },
      },
    },
    '/v1/me/sign-out': {
      post: { operationId: 'signOut', summary: 'End the session', responses: { 200: done } },
    },
    '/v1/me/password': {
      post: {
        operationId: 'changePassword',
        summary: 'Change the own password; other sessions end',
        requestBody: body(ChangePassword),
        responses: { 200: done, 422: problem('Wrong or weak'), ...forOperators },
      },
    },
    '/v1/me/totp': {
      post: {
        operationId: 'offerTotp',
        summary:
          'A secret for an authenticator (RFC 6238); it counts once a code of it was confirmed',
        responses: {
          200: json('The secret', TotpOffer),
          422: problem('There is one already'),
          ...forOperators,
        },
      },
    },
    '/v1/me/totp/confirm': {
      post: {
        operationId: 'confirmTotp',
        summary: 'The code that the authenticator shows',
        requestBody: body(TotpConfirm),
        responses: { 200: done, 422: problem('Not the code'), ...forOperators },
      },
    },
    '/v1/me/totp/remove': {
      post: {
        operationId: 'removeTotp',
        summary: 'Do without the authenticator',
        requestBody: body(TotpRemove),
        responses: { 200: done, 422: problem('Wrong password'), ...forOperators },
      },
    },
    '/v1/invitations/look': {
      post: {
        operationId: 'lookInvitation',
        summary: 'Whom a link is for',
        requestBody: body(LookInvitation),
        responses: {
          200: json('The account', Invitation),
          404: problem('Used, or too old'),
          422: problem('Not a ticket'),
        },
      },
    },
    '/v1/invitations/accept': {
      post: {
        operationId: 'acceptInvitation',
        summary: 'Choose a password, and be signed in',
        requestBody: body(AcceptInvitation),
        responses: {
          201: done,
          404: problem('Used, or too old'),
          422: problem('A weak password'),
        },
      },
    },
    '/v1/people': {
      get: {
        operationId: 'getPeople',
        summary: 'Accounts of the own part of the tree',
        responses: { 200: json('Accounts', People), ...forOperators },
      },
      post: {
        operationId: 'makeAccount',
        summary: 'Make an account; whoever gets the link chooses its password',
        requestBody: body(MakeAccount),
        responses: {
          201: json('The account and its ticket', Invited),
          404: problem('A place that is not of the own part of the tree'),
          422: problem('A name that is taken, or a role at the wrong place'),
          ...forOperators,
        },
      },
    },
    '/v1/people/{name}': {
      post: {
        ...act('changeAccount', 'Change an account; its sessions end', json('It', Account)).post,
        requestBody: body(ChangeAccount),
      },
    },
    '/v1/people/{name}/suspend': act(
      'suspendAccount',
      'Suspend an account; its sessions end',
      json('It', Account),
    ),
    '/v1/people/{name}/resume': act('resumeAccount', 'Let it in again', json('It', Account)),
    '/v1/people/{name}/invite': act(
      'inviteAccount',
      'A new link; password and authenticator count no longer',
      json('It and its ticket', Invited),
    ),
    '/v1/audit/{month}': {
      get: {
        operationId: 'getAudit',
        summary: 'Who did what, the newest first; a hundred lines',
        parameters: [
          path('month', text, 'As 2026-06.'),
          query('find', text, 'What a line has to hold.'),
          query('from', { type: 'integer', minimum: 0 }, 'How many to pass over.'),
        ],
        responses: {
          200: json('Lines', AuditPage),
          400: problem('Not such a query'),
          404: problem('Not a month'),
          ...forOperators,
        },
      },
    },
  }
}
