import type { Severity } from '../severity.ts'
import type { renderFinding } from '../render/index.ts'
import { linkOf } from './words.ts'

type Finding = ReturnType<typeof renderFinding>

/** How SARIF and code scanning say a severity: a level, and a score from the middle of its band of CVSS 3. */
const levels = {
  critical: { level: 'error', score: 9.5, from: 9, below: 10.1 },
  high: { level: 'error', score: 8, from: 7, below: 9 },
  medium: { level: 'warning', score: 5.5, from: 4, below: 7 },
  low: { level: 'note', score: 2, from: 0.1, below: 4 },
  info: { level: 'note', score: 0, from: 0, below: 0 },
  unknown: { level: 'warning', score: 0, from: 0, below: 0 },
} as const satisfies Record<Severity, { level: string; score: number; from: number; below: number }>

export const levelOf = (severity: Severity) => levels[severity].level

/** The template's own score where it says the same as its severity, so that both readers rank it alike. */
function securitySeverity({ severity, classification: { cvssScore } }: Finding): string {
  const { score, from, below } = levels[severity]
  const own = cvssScore !== null && cvssScore >= from && cvssScore < below
  return (own ? cvssScore : score).toFixed(1)
}

const mostTags = 20
const longestText = 1024

/** A rule (reportingDescriptor) for a template, of the first finding of it. Its id stays the same in every scan. */
export function ruleOf(finding: Finding) {
  const { templateId, name, severity, description, remediation, references, tags, classification } = finding
  const help = [description, remediation === null ? null : `Remediation: ${remediation}`, ...references]
  const helpText = help.filter((part) => part !== null && part !== '').join('\n\n') || name
  const helpUri = references.map(linkOf).find((link) => link !== null)
  return {
    id: templateId,
    shortDescription: { text: cut(name) || templateId },
    fullDescription: { text: cut(description ?? name) || templateId },
    help: { text: helpText.slice(0, 4 * longestText).toWellFormed() || templateId },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      'security-severity': securitySeverity(finding),
      precision: 'high',
      'problem.severity': levelOf(severity) === 'note' ? 'recommendation' : levelOf(severity),
      tags: ['security', ...classification.cweIds.map((id) => `external/cwe/${id.toLowerCase()}`), ...tags]
        .filter((tag, at, all) => all.indexOf(tag) === at)
        .slice(0, mostTags),
      ...(classification.cveIds.length === 0 ? {} : { cveIds: classification.cveIds }),
    },
  }
}

const cut = (text: string): string => text.slice(0, longestText).toWellFormed()
