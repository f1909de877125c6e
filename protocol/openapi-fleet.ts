/** The doors of screens, as OpenAPI. */
import {
  ApprovePairing,
  FleetCommand,
  FleetPairing,
  FleetScreen,
  FleetScreens,
  GroupTold,
  SendNotice,
  SentNotice,
  SentNotices,
  TellGroup,
} from './fleet.ts'
import type { Writer } from './openapi-writer.ts'
import {
  JoinRequest,
  PairAnswer,
  PairOffer,
  PairPoll,
  PairRequest,
  ScreenSettings,
  WhoAmI,
} from './screens.ts'

export function fleetPaths({ json, body, path, problem, forOperators }: Writer) {
  const text = { type: 'string' }
  const screen = path('id', text, 'Id of the screen.')
  const code = path('code', text, 'The code that the screen shows.')
  const guesser = problem('Wrong codes came from this address', true)
  return {
    '/v1/pair': {
      post: {
        operationId: 'beginPairing',
        summary: 'A screen asks to be let in, and is told a code to show (RFC 8628)',
        requestBody: body(PairRequest),
        responses: {
          201: json('The codes', PairOffer),
          422: problem('Not such a request'),
          429: problem('Too many wait', true),
        },
      },
    },
    '/v1/pair/token': {
      post: {
        operationId: 'pollPairing',
        summary:
          'Whether it has been let in; the token comes in the answer and as an HttpOnly cookie',
        requestBody: body(PairPoll),
        responses: {
          200: json('What became of it', PairAnswer),
          422: problem('Not a device code'),
        },
      },
    },
    '/v1/pair/join': {
      post: {
        operationId: 'joinByLink',
        summary: 'A screen is let in by its link of a roll-out, once',
        requestBody: body(JoinRequest),
        responses: {
          200: json('Let in; the token is an HttpOnly cookie as well', PairAnswer),
          404: problem('No such link, or it was used, or its time is over'),
          422: problem('Not a ticket'),
        },
      },
    },
    '/v1/screen': {
      get: {
        operationId: 'getScreen',
        summary: 'Who this browser is to the relay, and what it is set to',
        description: 'By its cookie, or by "Authorization: Screen TOKEN".',
        responses: {
          200: json('The screen, or null', WhoAmI),
          401: problem('The token counts no longer'),
        },
      },
    },
    '/v1/fleet/screens': {
      get: {
        operationId: 'getScreens',
        summary: 'The screens that were set up; for operators',
        responses: { 200: json('Screens', FleetScreens), ...forOperators },
      },
    },
    '/v1/fleet/roll-out': {
      post: {
        operationId: 'rollOutScreens',
        summary:
          'Up to 2,000 screens from a CSV, all or none; answers with a CSV of links that let each in once; for operators',
        requestBody: {
          required: true,
          content: { 'text/csv': { schema: text } },
        },
        responses: {
          200: { description: 'Links', content: { 'text/csv': { schema: text } } },
          422: problem('What is wrong, row by row'),
          ...forOperators,
        },
      },
    },
    '/v1/fleet/screens/{id}': {
      post: {
        operationId: 'changeScreen',
        summary:
          'Set a screen to something else; its connections are cut and come back with the new rights; for operators',
        parameters: [screen],
        requestBody: body(ScreenSettings),
        responses: {
          200: json('The screen', FleetScreen),
          404: problem('No such screen'),
          422: problem('Settings that do not go together'),
          ...forOperators,
        },
      },
    },
    '/v1/fleet/screens/{id}/revoke': {
      post: {
        operationId: 'revokeScreen',
        summary: 'End the right of a screen at once; for operators',
        parameters: [screen],
        responses: {
          200: json('The screen', FleetScreen),
          404: problem('No such screen'),
          422: problem('It was not paired'),
          ...forOperators,
        },
      },
    },
    '/v1/fleet/screens/{id}/remove': {
      post: {
        operationId: 'removeScreen',
        summary: 'Forget a screen; for operators',
        parameters: [screen],
        responses: {
          200: json('Done', { type: 'object' }),
          404: problem('No such screen'),
          ...forOperators,
        },
      },
    },
    '/v1/fleet/screens/{id}/commands': {
      post: {
        operationId: 'commandScreen',
        summary: 'Tell a screen what to do at once: show its number, a message, another page',
        parameters: [screen],
        requestBody: body(FleetCommand),
        responses: {
          200: json('Done', { type: 'object' }),
          404: problem('No such screen'),
          422: problem('Not a command, or the screen did not do it'),
          503: problem('The screen is not there', true),
          ...forOperators,
        },
      },
    },
    '/v1/fleet/commands': {
      post: {
        operationId: 'commandScreens',
        summary:
          'Tell all screens, those of a place or chosen ones what to do at once; for operators',
        requestBody: body(TellGroup),
        responses: {
          200: json('How many did it, and which did not', GroupTold),
          404: problem('No such place or screen within the own part of the tree'),
          422: problem('Not a command, or no paired screen is there'),
          ...forOperators,
        },
      },
    },
    '/v1/notices': {
      get: {
        operationId: 'getNotices',
        summary: 'Urgent notices, the newest first, and which screens showed them',
        responses: { 200: json('Notices', SentNotices), ...forOperators },
      },
      post: {
        operationId: 'sendNotice',
        summary: 'Take over all screens, those of a place, or one; it ends by itself',
        requestBody: body(SendNotice),
        responses: {
          201: json('The notice', SentNotice),
          404: problem('No such place or screen within the own part of the tree'),
          422: problem('Not a notice, or too many are on'),
          ...forOperators,
        },
      },
    },
    '/v1/notices/{id}/end': {
      post: {
        operationId: 'endNotice',
        summary: 'End a notice before its time',
        parameters: [path('id', text, 'Id of the notice.')],
        responses: {
          200: json('The notice', SentNotice),
          404: problem('No such notice'),
          422: problem('It is over already'),
          ...forOperators,
        },
      },
    },
    '/v1/fleet/pairings/{code}': {
      get: {
        operationId: 'getPairing',
        summary: 'The screen that shows a code; for operators',
        parameters: [code],
        responses: {
          200: json('What it says of itself', FleetPairing),
          404: problem('No such code'),
          ...forOperators,
          429: guesser,
        },
      },
      post: {
        operationId: 'approvePairing',
        summary: 'Let a screen in, as a new one or in the place of another; for operators',
        parameters: [code],
        requestBody: body(ApprovePairing),
        responses: {
          200: json('In the place of this one', FleetScreen),
          201: json('The new screen', FleetScreen),
          404: problem('No such code'),
          422: problem('Settings that do not go together'),
          ...forOperators,
          429: guesser,
        },
      },
    },
    '/v1/fleet/pairings/{code}/refuse': {
      post: {
        operationId: 'refusePairing',
        summary: 'Let a screen not in; for operators',
        parameters: [code],
        responses: {
          200: json('Done', { type: 'object' }),
          404: problem('No such code'),
          ...forOperators,
          429: guesser,
        },
      },
    },
  }
}
