import { findingExamples } from './finding.ts'
import { identityExamples } from './identity.ts'
import { profileExamples } from './profile.ts'
import { scanExamples } from './scan.ts'
import { systemExamples } from './system.ts'
import { targetExamples } from './target.ts'
import { templateExamples } from './template.ts'
import { triggerExamples } from './trigger.ts'
import { webhookExamples } from './webhook.ts'

const ProblemError = {
  in: 'body',
  pointer: '/targets/0',
  code: 'no-rule',
  message: 'no rule allows app.example.com:443',
}

/** One example for each component that answers hold. Each is held against its schema by a test. */
export const examples: Record<string, unknown> = {
  ...scanExamples,
  ...findingExamples,
  ...identityExamples,
  ...profileExamples,
  ...systemExamples,
  ...targetExamples,
  ...templateExamples,
  ...webhookExamples,
  ...triggerExamples,
  Status: { status: 'ready' },
  ProblemError,
  Problem: {
    type: '/problems/target-out-of-scope',
    title: 'A target is out of scope',
    status: 422,
    instance: '/v1/scans',
    code: 'target-out-of-scope',
    requestId: 'req_01kb3v1xg4f0rvm7t1jx1qhd2c',
    errors: [ProblemError],
  },
}
