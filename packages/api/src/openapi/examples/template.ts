import { createdAt, createdBy } from './ids.ts'

const Template = {
  id: 'assayer-git-config',
  name: 'Git configuration exposed',
  severity: 'medium',
  protocol: 'http',
  origin: 'starter',
  tags: ['config', 'git', 'exposure'],
  cveIds: [],
  authors: ['assayer'],
  description: 'The folder of the version control is served to anyone.',
  references: [],
  requests: 1,
}
const CustomTemplate = {
  id: 'tpl_01kb3v12a5e9x8qk6n0c7h3r2s',
  name: 'login page',
  templateId: 'our-login-page',
  title: 'Our login page',
  severity: 'info',
  protocol: 'http',
  tags: [],
  requests: 1,
  digest: `sha256:${'3b'.repeat(32)}`,
  createdBy,
  createdAt,
  updatedAt: null,
}

export const templateExamples = {
  Template,
  TemplateWithSource: { ...Template, source: 'id: assayer-git-config\n', sourceTruncated: false },
  CustomTemplate,
  CustomTemplateWithSource: { ...CustomTemplate, source: 'id: our-login-page\n' },
}
