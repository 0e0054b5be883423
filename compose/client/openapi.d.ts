// Written by `fix` from packages/api/openapi.json.
export interface paths {
    "/v1/scans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List scans
         * @description Needs `scans:read`.
         */
        get: operations["listScans"];
        put?: never;
        /**
         * Order a scan
         * @description Only `targets` is needed: URLs, hosts, `host:port`, `[v6]:port`. With an `Idempotency-Key` it can be sent again without a second scan. Evidence `full` is what Nuclei printed, which masks five credential headers itself; it needs `evidence:write`. Needs `scans:write`.
         */
        post: operations["orderScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a scan
         * @description With `Prefer: wait=60` it answers when the scan has ended, after 60 s at the latest. Needs `scans:read`.
         */
        get: operations["getScan"];
        put?: never;
        post?: never;
        /**
         * Delete a scan that has ended, with its findings
         * @description Needs `scans:write`.
         */
        delete: operations["deleteScan"];
        options?: never;
        head?: never;
        /**
         * Change labels and priority
         * @description Labels one by one: null takes one away, `labels: null` all. Priority null is the default. Needs `scans:write`.
         */
        patch: operations["changeScan"];
        trace?: never;
    };
    "/v1/scans/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete several scans
         * @description Needs `scans:write`.
         */
        post: operations["deleteScans"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Order the same scan again
         * @description Against the scope and the templates of today. Needs `scans:write`.
         */
        post: operations["rerunScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a scan
         * @description What its shards found so far stays. Needs `scans:write`.
         */
        post: operations["cancelScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a scan
         * @description No further shard starts; the scan is `running` with `pauseRequestedAt` until its last running shard ended. Needs `scans:write`.
         */
        post: operations["pauseScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a scan
         * @description Takes a pause back, whether it has come about or not. Needs `scans:write`.
         */
        post: operations["resumeScan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What of each target was covered
         * @description Needs `scans:read`.
         */
        get: operations["listScanTargets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/shards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The shards of a scan and their attempts
         * @description Each with its first 500 targets and last 50 attempts. Needs `scans:read`.
         */
        get: operations["listScanShards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a scan as server-sent events
         * @description `scan` events carry a Scan, at once and when it changed; `finding` events a Finding, each exactly once after `Last-Event-ID`; the terminal scan and then `end` (data: the state) come last. A comment comes every 15 s. After `end` a reconnect is answered with 204. Needs `scans:read` and `findings:read`.
         */
        get: operations["followScan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a scan with all its findings
         * @description A stream, worst first, template by template. Each format names state, reason and coverage. SARIF of a scan that is not completed is refused without `allowPartial=true`. What cannot be finished breaks the connection. `evidence=true` needs `evidence:read`. Needs `scans:read` and `findings:read`.
         */
        get: operations["exportScan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scans/{id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The findings of a scan
         * @description Needs `findings:read`.
         */
        get: operations["listScanFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The findings of all scans
         * @description Needs `findings:read`.
         */
        get: operations["listFindings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/findings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a finding
         * @description With its `evidence` for a key that has `evidence:read`, which the audit trail then tells. Needs `findings:read`.
         */
        get: operations["getFinding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List targets
         * @description Needs `targets:read`.
         */
        get: operations["listTargets"];
        put?: never;
        /**
         * Keep a target
         * @description Orders name it by its id or take it by its labels. Whether it may be scanned is judged when it is ordered. Needs `targets:write`.
         */
        post: operations["createTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/targets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a target
         * @description Needs `targets:read`.
         */
        get: operations["getTarget"];
        put?: never;
        post?: never;
        /**
         * Delete a target
         * @description Scans keep the address that they took. Needs `targets:write`.
         */
        delete: operations["deleteTarget"];
        options?: never;
        head?: never;
        /**
         * Change a target
         * @description Labels one by one: null takes one away, `labels: null` all. Scans keep the address that they took. Needs `targets:write`.
         */
        patch: operations["changeTarget"];
        trace?: never;
    };
    "/v1/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List profiles
         * @description Needs `profiles:read`.
         */
        get: operations["listProfiles"];
        put?: never;
        /**
         * Make a profile
         * @description Orders name it by `profile`: their templates replace its own as a whole, their limits one by one. Whether its selection matches anything is judged when it is ordered. Needs `profiles:write`.
         */
        post: operations["createProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/profiles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a profile
         * @description Needs `profiles:read`.
         */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        /**
         * Delete a profile
         * @description Not `default`. Scans keep what they were ordered with. Needs `profiles:write`.
         */
        delete: operations["deleteProfile"];
        options?: never;
        head?: never;
        /**
         * Change a profile
         * @description Lists and limits one by one: null takes one back to its default, `templates: null` and `limits: null` all. The profile `default` keeps its name. Scans keep what they were ordered with. Needs `profiles:write`.
         */
        patch: operations["changeProfile"];
        trace?: never;
    };
    "/v1/scope-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List scope rules
         * @description Needs `scope-rules:read`.
         */
        get: operations["listScopeRules"];
        put?: never;
        /**
         * Say what may be scanned, or what may not
         * @description A pattern is a host, `*.host`, `v4/len` or `[v6]/len`, each with `:port` or without. A deny rule wins over every allow rule. Needs `scope-rules:write`.
         */
        post: operations["createScopeRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scope-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a scope rule
         * @description Needs `scope-rules:read`.
         */
        get: operations["getScopeRule"];
        put?: never;
        post?: never;
        /**
         * Delete a scope rule
         * @description Needs `scope-rules:write`.
         */
        delete: operations["deleteScopeRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the installed templates
         * @description Those that the workers have installed, by id. Needs `templates:read`.
         */
        get: operations["listTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a template with its source
         * @description Needs `templates:read`.
         */
        get: operations["getTemplate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/custom-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your own templates
         * @description Needs `custom-templates:read`.
         */
        get: operations["listCustomTemplates"];
        put?: never;
        /**
         * Add a template of your own
         * @description Of one of the protocols http, dns, ssl and tcp. A worker validates it by its Nuclei before it is stored, which takes a second or two. Needs `custom-templates:write`.
         */
        post: operations["createCustomTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/custom-templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a template of your own with its text
         * @description Needs `custom-templates:read`.
         */
        get: operations["getCustomTemplate"];
        put?: never;
        post?: never;
        /**
         * Delete a template of your own
         * @description Scans that were ordered before still run it. Needs `custom-templates:write`.
         */
        delete: operations["deleteCustomTemplate"];
        options?: never;
        head?: never;
        /**
         * Change name or text of a template of your own
         * @description Another text is validated like a new one. Scans that were ordered before run the text they were ordered with. Needs `custom-templates:write`.
         */
        patch: operations["changeCustomTemplate"];
        trace?: never;
    };
    "/v1/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints
         * @description Needs `webhooks:read`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Make a webhook endpoint
         * @description Events are sent to its `url`, signed by Standard Webhooks 1.0.0 with the secret of this answer. `https` only, to public addresses, unless the operator opens others by `WEBHOOK_ALLOW`. Needs `webhooks:write`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook endpoint
         * @description Needs `webhooks:read`.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook endpoint and its deliveries
         * @description Needs `webhooks:write`.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change a webhook endpoint
         * @description Null takes a field back to its default, or one header away. Disabling makes what waits dead. Needs `webhooks:write`.
         */
        patch: operations["changeWebhookEndpoint"];
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a webhook endpoint a new secret
         * @description Until the overlap ends the old secret signs beside the new one. Needs `webhooks:write`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a sample event
         * @description Needs `webhooks:write`.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-endpoints/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the events since a time again
         * @description The oldest first, a thousand or a little more at a time: `nextSince` says where to go on. Also events of scans (not finding.created) that the endpoint missed while it was disabled or not there, as far as they are kept. Needs `webhooks:write`.
         */
        post: operations["replayWebhookEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook deliveries
         * @description A dead one has failed for good: it can be retried. Needs `webhooks:read`.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook delivery with what it sends
         * @description Needs `webhooks:read`.
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again
         * @description Needs `webhooks:write`.
         */
        post: operations["retryWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/triggers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List triggers
         * @description Needs `triggers:read`.
         */
        get: operations["listTriggers"];
        put?: never;
        /**
         * Make a trigger
         * @description Signed deliveries to `/hooks/{id}` order its scan. No `events`, or an empty list of `filters`, lets all pass. Where no `secret` is given, one is made. With `answer` the forge that a delivery came from is told of its scan: by commit status and, at GitHub, by SARIF. Its `token` is kept sealed and never shown. Needs `triggers:write`.
         */
        post: operations["createTrigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/triggers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a trigger
         * @description Needs `triggers:read`.
         */
        get: operations["getTrigger"];
        put?: never;
        post?: never;
        /**
         * Delete a trigger
         * @description Its scans stay; answers to its forge that have not gone out go with it. Needs `triggers:write`.
         */
        delete: operations["deleteTrigger"];
        options?: never;
        head?: never;
        /**
         * Change a trigger
         * @description Merged into what is there, objects too (RFC 7396); null takes back to the default, and an answer away. Another forge or address of an answer needs its `token` again. Needs `triggers:write`.
         */
        patch: operations["changeTrigger"];
        trace?: never;
    };
    "/v1/triggers/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a trigger a new secret
         * @description Until the overlap ends the old secret counts beside the new one. Needs `triggers:write`.
         */
        post: operations["rotateTriggerSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver an event to a trigger
         * @description Signed by the scheme of the trigger's kind: `X-Hub-Signature-256`, `X-Gitlab-Token`, Standard Webhooks, or `X-Assayer-Signature: t=<unix>,v1=<hex HMAC-SHA256 of t.body>`. The delivery's id (`X-GitHub-Delivery`, `webhook-id`, `Idempotency-Key`, `X-Gitlab-Event-UUID`, `X-Assayer-Delivery`) orders one scan, for good. Refusals say no more than their code. Needs no key.
         */
        post: operations["takeDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List keys
         * @description Needs `keys:read`.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key
         * @description With a `preset` or with `permissions`, none of which the asking key lacks. Needs `keys:write`.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a key
         * @description Needs `keys:read`.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description Needs `keys:write`.
         */
        delete: operations["deleteKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the successor of a key
         * @description The old key expires after the overlap. Needs `keys:write`.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the audit trail
         * @description Who did what. Events outlive what they tell of. Needs `audit:read`.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an audit event
         * @description Needs `audit:read`.
         */
        get: operations["getAuditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the service is made of and how it does
         * @description Of all workspaces: versions, workers heard of in the last minute, what waits. Needs `system:read`.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is measured, for Prometheus
         * @description Also on a listener of its own without a key, where the operator sets `METRICS_PORT`. Needs `system:read`.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process lives
         * @description Answered whatever is accepted. Needs no key.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether orders can be taken now
         * @description `degraded` without Redis: scans then start a little later. Answered whatever is accepted. Needs no key.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description Needs no key.
         */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document as a page for people
         * @description Needs no key.
         */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a problem means, as a page for people
         * @description Where the `type` of each problem leads. Needs no key.
         */
        get: operations["getProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "scan.started": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A scan's first shard began */
        post: operations["onScanStarted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "scan.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A scan ended, every target covered */
        post: operations["onScanCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "scan.partial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A scan ended with targets that were not covered */
        post: operations["onScanPartial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "scan.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A scan ended with nothing covered */
        post: operations["onScanFailed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "scan.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A scan was cancelled */
        post: operations["onScanCancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "finding.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A finding at or above the endpoint's floor was confirmed */
        post: operations["onFindingCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "endpoint.disabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An endpoint was disabled, as it is gone or fails for five days */
        post: operations["onEndpointDisabled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "endpoint.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A sample that somebody asked for */
        post: operations["onEndpointTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * Attempt
         * @example {
         *       "number": 1,
         *       "worker": "wrk_01kb3tzzqte0etn9mxj6v6jz3s",
         *       "startedAt": "2026-03-02T09:00:00.412Z",
         *       "endedAt": "2026-03-02T09:01:12.870Z",
         *       "outcome": "completed",
         *       "why": null,
         *       "exitCode": 0,
         *       "signal": null,
         *       "peakMemoryBytes": 148897792,
         *       "stderr": []
         *     }
         */
        Attempt: {
            number: number;
            worker: string;
            /** Format: date-time */
            startedAt: string;
            endedAt: string | null;
            outcome: string | null;
            why: string | null;
            exitCode: number | null;
            signal: string | null;
            peakMemoryBytes: number | null;
            stderr: string[];
        };
        /**
         * AuditEvent
         * @example {
         *       "id": "aud_01kb3v0zs7f3b9kq1g1n9x0w4m",
         *       "action": "key.created",
         *       "actor": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "subject": "key_01kb3tzz00e5ws4m1d5vb6pqre",
         *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "client": "192.0.2.7",
         *       "detail": {
         *         "name": "build server"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z"
         *     }
         */
        AuditEvent: {
            id: string;
            /** @description `<kind>.<what was done>`; open list. */
            action: string;
            actor: components["schemas"]["CreatedBy"];
            /** @description The id of what it was done to, which may be gone. */
            subject: string | null;
            /** @description The `X-Request-Id` of the request that did it. */
            requestId: string | null;
            /** @description The address that the request came from. */
            client: string | null;
            detail: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            createdAt: string;
        };
        /** AuditEventList */
        AuditEventList: {
            data: components["schemas"]["AuditEvent"][];
            nextCursor: string | null;
        };
        /**
         * CreatedBy
         * @example {
         *       "kind": "key",
         *       "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *     }
         */
        CreatedBy: {
            /** @enum {string} */
            kind: "key" | "trigger" | "schedule";
            id: string;
        };
        /**
         * CustomTemplate
         * @example {
         *       "id": "tpl_01kb3v12a5e9x8qk6n0c7h3r2s",
         *       "name": "login page",
         *       "templateId": "our-login-page",
         *       "title": "Our login page",
         *       "severity": "info",
         *       "protocol": "http",
         *       "tags": [],
         *       "requests": 1,
         *       "digest": "sha256:3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b",
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z",
         *       "updatedAt": null
         *     }
         */
        CustomTemplate: {
            id: string;
            name: string;
            templateId: string;
            title: string;
            /** @description Open list; known values: critical, high, medium, low, info, unknown. */
            severity: string;
            /** @description Open list; known values: http, dns, ssl, tcp. */
            protocol: string;
            tags: string[];
            requests: number;
            digest: string;
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
            updatedAt: string | null;
        };
        /** CustomTemplateList */
        CustomTemplateList: {
            data: components["schemas"]["CustomTemplate"][];
            nextCursor: string | null;
        };
        /** CustomTemplatePatch */
        CustomTemplatePatch: {
            name?: string;
            source?: string;
        };
        /**
         * CustomTemplateWithSource
         * @example {
         *       "id": "tpl_01kb3v12a5e9x8qk6n0c7h3r2s",
         *       "name": "login page",
         *       "templateId": "our-login-page",
         *       "title": "Our login page",
         *       "severity": "info",
         *       "protocol": "http",
         *       "tags": [],
         *       "requests": 1,
         *       "digest": "sha256:3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b",
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z",
         *       "updatedAt": null,
         *       "source": "id: our-login-page\n"
         *     }
         */
        CustomTemplateWithSource: {
            id: string;
            name: string;
            templateId: string;
            title: string;
            /** @description Open list; known values: critical, high, medium, low, info, unknown. */
            severity: string;
            /** @description Open list; known values: http, dns, ssl, tcp. */
            protocol: string;
            tags: string[];
            requests: number;
            digest: string;
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
            updatedAt: string | null;
            source: string;
        };
        /**
         * DeletedScan
         * @example {
         *       "scanId": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "deleted": true
         *     }
         */
        DeletedScan: {
            scanId: string;
            /** @constant */
            deleted: true;
        };
        /**
         * DeletedScans
         * @example {
         *       "data": [
         *         {
         *           "id": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *           "outcome": "deleted"
         *         },
         *         {
         *           "id": "scn_01kb3v1xg4f0rvm7t1jx1qhd2d",
         *           "outcome": "scan-not-finished"
         *         }
         *       ]
         *     }
         */
        DeletedScans: {
            data: {
                id: string;
                /** @description Open list; known values: deleted, scan-not-found, scan-not-finished. */
                outcome: string;
            }[];
        };
        /**
         * DeliveredScan
         * @example {
         *       "scanId": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "deleted": true
         *     }
         */
        DeliveredScan: components["schemas"]["Scan"] | components["schemas"]["DeletedScan"];
        /**
         * Finding
         * @example {
         *       "id": "fnd_01kb3v3k2meek9q8wz4h2a7xgd",
         *       "scanId": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "shardId": "shd_01kb3v1xg5f9k8yj9s2y4d8c6n",
         *       "attempt": 1,
         *       "confirmed": true,
         *       "templateId": "assayer-git-config",
         *       "name": "Git configuration exposed",
         *       "severity": "high",
         *       "type": "http",
         *       "matcherName": null,
         *       "extractorName": null,
         *       "target": "https://app.example.com",
         *       "host": "app.example.com",
         *       "port": 443,
         *       "ip": "192.0.2.10",
         *       "matchedAt": "https://app.example.com/.git/config",
         *       "extractedResults": [],
         *       "tags": [
         *         "exposure",
         *         "git"
         *       ],
         *       "references": [
         *         "https://git-scm.com/docs/git-config"
         *       ],
         *       "description": "The folder of the version control is served to anyone.",
         *       "remediation": "Do not serve the .git folder.",
         *       "classification": {
         *         "cveIds": [],
         *         "cweIds": [
         *           "cwe-538"
         *         ],
         *         "cvssScore": 7.5,
         *         "cvssMetrics": null,
         *         "epssScore": null
         *       },
         *       "curlCommand": "curl -X 'GET' 'https://app.example.com/.git/config'",
         *       "fingerprint": "c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0",
         *       "at": "2026-03-02T09:00:00.412Z",
         *       "createdAt": "2026-03-02T09:00:00.412Z"
         *     }
         */
        Finding: {
            id: string;
            scanId: string;
            shardId: string;
            attempt: number;
            confirmed: boolean;
            templateId: string;
            name: string;
            /** @enum {string} */
            severity: "critical" | "high" | "medium" | "low" | "info" | "unknown";
            /** @description Open list; known values: http, ssl, dns, tcp, javascript. */
            type: string;
            matcherName: string | null;
            extractorName: string | null;
            target: string | null;
            host: string | null;
            port: number | null;
            ip: string | null;
            matchedAt: string | null;
            extractedResults: string[];
            tags: string[];
            references: string[];
            description: string | null;
            remediation: string | null;
            classification: {
                cveIds: string[];
                cweIds: string[];
                cvssScore: number | null;
                cvssMetrics: string | null;
                epssScore: number | null;
            };
            curlCommand: string | null;
            fingerprint: string;
            at: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * FindingCut
         * @example {
         *       "id": "fnd_01kb3v3k2meek9q8wz4h2a7xgd",
         *       "severity": "high",
         *       "url": "https://assayer.example.com/v1/scans/scn_01kb3v1xg4f0rvm7t1jx1qhd2c/findings"
         *     }
         */
        FindingCut: {
            id: string;
            templateId?: string;
            name?: string;
            severity?: string;
            matchedAt?: string | null;
            url: string;
        };
        /** FindingList */
        FindingList: {
            data: components["schemas"]["Finding"][];
            nextCursor: string | null;
        };
        /**
         * FindingWithEvidence
         * @example {
         *       "id": "fnd_01kb3v3k2meek9q8wz4h2a7xgd",
         *       "scanId": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "shardId": "shd_01kb3v1xg5f9k8yj9s2y4d8c6n",
         *       "attempt": 1,
         *       "confirmed": true,
         *       "templateId": "assayer-git-config",
         *       "name": "Git configuration exposed",
         *       "severity": "high",
         *       "type": "http",
         *       "matcherName": null,
         *       "extractorName": null,
         *       "target": "https://app.example.com",
         *       "host": "app.example.com",
         *       "port": 443,
         *       "ip": "192.0.2.10",
         *       "matchedAt": "https://app.example.com/.git/config",
         *       "extractedResults": [],
         *       "tags": [
         *         "exposure",
         *         "git"
         *       ],
         *       "references": [
         *         "https://git-scm.com/docs/git-config"
         *       ],
         *       "description": "The folder of the version control is served to anyone.",
         *       "remediation": "Do not serve the .git folder.",
         *       "classification": {
         *         "cveIds": [],
         *         "cweIds": [
         *           "cwe-538"
         *         ],
         *         "cvssScore": 7.5,
         *         "cvssMetrics": null,
         *         "epssScore": null
         *       },
         *       "curlCommand": "curl -X 'GET' 'https://app.example.com/.git/config'",
         *       "fingerprint": "c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0",
         *       "at": "2026-03-02T09:00:00.412Z",
         *       "createdAt": "2026-03-02T09:00:00.412Z",
         *       "evidence": {
         *         "request": "GET /.git/config HTTP/1.1\r\nHost: app.example.com\r\n\r\n",
         *         "response": "[core]\n"
         *       }
         *     }
         */
        FindingWithEvidence: {
            id: string;
            scanId: string;
            shardId: string;
            attempt: number;
            confirmed: boolean;
            templateId: string;
            name: string;
            /** @enum {string} */
            severity: "critical" | "high" | "medium" | "low" | "info" | "unknown";
            /** @description Open list; known values: http, ssl, dns, tcp, javascript. */
            type: string;
            matcherName: string | null;
            extractorName: string | null;
            target: string | null;
            host: string | null;
            port: number | null;
            ip: string | null;
            matchedAt: string | null;
            extractedResults: string[];
            tags: string[];
            references: string[];
            description: string | null;
            remediation: string | null;
            classification: {
                cveIds: string[];
                cweIds: string[];
                cvssScore: number | null;
                cvssMetrics: string | null;
                epssScore: number | null;
            };
            curlCommand: string | null;
            fingerprint: string;
            at: string | null;
            /** Format: date-time */
            createdAt: string;
            evidence?: {
                request: string | null;
                response: string | null;
            } | null;
        };
        /**
         * Key
         * @example {
         *       "id": "key_01kb3tzz00e5ws4m1d5vb6pqre",
         *       "name": "build server",
         *       "permissions": [
         *         "scans:read",
         *         "scans:write"
         *       ],
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z",
         *       "expiresAt": null,
         *       "lastUsedAt": "2026-03-02T09:00:00.412Z"
         *     }
         */
        Key: {
            id: string;
            name: string;
            permissions: string[];
            createdBy: components["schemas"]["CreatedBy"] | null;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
        };
        /** KeyList */
        KeyList: {
            data: components["schemas"]["Key"][];
            nextCursor: string | null;
        };
        /** KeyRotation */
        KeyRotation: {
            /** @default 86400 */
            overlapSeconds?: number;
        };
        /**
         * KeyWithSecret
         * @example {
         *       "id": "key_01kb3tzz00e5ws4m1d5vb6pqre",
         *       "name": "build server",
         *       "permissions": [
         *         "scans:read",
         *         "scans:write"
         *       ],
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z",
         *       "expiresAt": null,
         *       "lastUsedAt": "2026-03-02T09:00:00.412Z",
         *       "secret": "asy_01kb3tzz00e5ws4m1d5vb6pqre_0000000000000000000000000000000000000000000000000000000000"
         *     }
         */
        KeyWithSecret: {
            id: string;
            name: string;
            permissions: string[];
            createdBy: components["schemas"]["CreatedBy"] | null;
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
            lastUsedAt: string | null;
            secret: string | null;
        };
        /**
         * Limits
         * @example {
         *       "requestsPerSecond": 50,
         *       "concurrency": 10,
         *       "timeoutSeconds": 10,
         *       "retries": 1,
         *       "maxHostErrors": 30,
         *       "followRedirects": false,
         *       "parallelShards": null,
         *       "softLimitSeconds": 3300,
         *       "hardLimitSeconds": 3600,
         *       "deadlineSeconds": null
         *     }
         */
        Limits: {
            requestsPerSecond: number;
            concurrency: number;
            timeoutSeconds: number;
            retries: number;
            maxHostErrors: number;
            followRedirects: boolean;
            parallelShards: number | null;
            softLimitSeconds: number;
            hardLimitSeconds: number;
            deadlineSeconds: number | null;
        };
        /** LimitsInput */
        LimitsInput: {
            requestsPerSecond?: number;
            concurrency?: number;
            timeoutSeconds?: number;
            retries?: number;
            maxHostErrors?: number;
            followRedirects?: boolean;
            parallelShards?: number | null;
            softLimitSeconds?: number;
            hardLimitSeconds?: number;
            deadlineSeconds?: number | null;
        };
        /** LimitsPatch */
        LimitsPatch: {
            requestsPerSecond?: number | null;
            concurrency?: number | null;
            timeoutSeconds?: number | null;
            retries?: number | null;
            maxHostErrors?: number | null;
            followRedirects?: boolean | null;
            parallelShards?: number | null;
            softLimitSeconds?: number | null;
            hardLimitSeconds?: number | null;
            deadlineSeconds?: number | null;
        };
        /** NewCustomTemplate */
        NewCustomTemplate: {
            name: string;
            source: string;
        };
        /** NewKey */
        NewKey: components["schemas"]["NewKeyWithPreset"] | components["schemas"]["NewKeyWithPermissions"];
        /** NewKeyWithPermissions */
        NewKeyWithPermissions: {
            name: string;
            /** @default null */
            expiresAt?: string | null;
            permissions: ("scans:read" | "scans:write" | "findings:read" | "findings:write" | "evidence:read" | "evidence:write" | "targets:read" | "targets:write" | "scope-rules:read" | "scope-rules:write" | "profiles:read" | "profiles:write" | "templates:read" | "templates:write" | "custom-templates:read" | "custom-templates:write" | "keys:read" | "keys:write" | "webhooks:read" | "webhooks:write" | "triggers:read" | "triggers:write" | "audit:read" | "audit:write" | "system:read" | "system:write")[];
        };
        /** NewKeyWithPreset */
        NewKeyWithPreset: {
            name: string;
            /** @default null */
            expiresAt?: string | null;
            /** @enum {string} */
            preset: "reader" | "operator" | "admin";
        };
        /** NewProfile */
        NewProfile: {
            name: string;
            /** @default null */
            templates?: components["schemas"]["TemplateSelectionInput"] | null;
            /** @default {} */
            limits?: components["schemas"]["LimitsInput"];
        };
        /** NewScopeRule */
        NewScopeRule: {
            /** @enum {string} */
            effect: "allow" | "deny";
            pattern: string;
            note: string;
            /** @default null */
            expiresAt?: string | null;
        };
        /** NewTarget */
        NewTarget: {
            name: string;
            address: string;
            /** @default {} */
            labels?: {
                [key: string]: string;
            };
        };
        /** NewTrigger */
        NewTrigger: {
            name: string;
            /** @default [] */
            events?: string[];
            /**
             * @default {
             *       "branches": [],
             *       "environments": [],
             *       "states": []
             *     }
             */
            filters?: {
                /** @default [] */
                branches?: string[];
                /** @default [] */
                environments?: string[];
                /** @default [] */
                states?: string[];
            };
            order: components["schemas"]["OrderOfTrigger"];
            answer?: components["schemas"]["NewTriggerAnswer"];
            /** @default true */
            enabled?: boolean;
            /** @enum {string} */
            kind: "github" | "gitlab" | "standard" | "hmac";
            secret?: string;
        };
        /** NewTriggerAnswer */
        NewTriggerAnswer: {
            /** @enum {string} */
            kind: "github" | "gitlab";
            baseUrl?: string;
            token?: string;
            /** @default true */
            status?: boolean;
            /** @default false */
            sarif?: boolean;
            /**
             * @default high
             * @enum {string}
             */
            severityFloor?: "critical" | "high" | "medium" | "low" | "info" | "unknown";
        };
        /** NewWebhookEndpoint */
        NewWebhookEndpoint: {
            /**
             * @default standard
             * @enum {string}
             */
            kind?: "standard";
            url: string;
            /**
             * @default [
             *       "scan.finished"
             *     ]
             */
            events?: ("scan.started" | "scan.completed" | "scan.partial" | "scan.failed" | "scan.cancelled" | "scan.finished" | "scan.*" | "finding.created" | "endpoint.disabled")[];
            /**
             * @default high
             * @enum {string}
             */
            severityFloor?: "critical" | "high" | "medium" | "low" | "info" | "unknown";
            /** @default {} */
            headers?: {
                [key: string]: string;
            };
            /** @default true */
            enabled?: boolean;
        };
        /** Nothing */
        Nothing: Record<string, never>;
        /** OrderOfTrigger */
        OrderOfTrigger: {
            targets: (string | {
                fromPayload: string;
            })[];
            /** @default {} */
            targetLabels?: {
                [key: string]: string;
            };
            templates?: components["schemas"]["TemplateSelectionInput"];
            /** @default default */
            profile?: string;
            /** @default {} */
            limits?: components["schemas"]["LimitsInput"];
            /**
             * @default redacted
             * @enum {string}
             */
            evidence?: "none" | "redacted";
            /** @default 5 */
            priority?: number;
            /** @default 25 */
            shardSize?: number;
            /** @default {} */
            labels?: {
                [key: string]: string;
            };
        };
        /**
         * OutboundEndpointEvent
         * @example {
         *       "type": "endpoint.test",
         *       "timestamp": "2026-03-02T09:01:12.870Z",
         *       "sequence": 13,
         *       "data": {
         *         "endpoint": {
         *           "id": "whe_01kb3v2m8kf1q9c3d7r5w0x6zt",
         *           "url": "https://hooks.example.com/assayer",
         *           "enabled": true
         *         }
         *       }
         *     }
         */
        OutboundEndpointEvent: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            sequence: number;
            data: {
                endpoint: {
                    id: string;
                    url: string | null;
                    enabled: boolean;
                    disabledReason?: string | null;
                };
            };
        };
        /**
         * OutboundFindingEvent
         * @example {
         *       "type": "finding.created",
         *       "timestamp": "2026-03-02T09:01:12.870Z",
         *       "sequence": 11,
         *       "data": {
         *         "scanId": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *         "finding": {
         *           "id": "fnd_01kb3v3k2meek9q8wz4h2a7xgd",
         *           "scanId": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *           "shardId": "shd_01kb3v1xg5f9k8yj9s2y4d8c6n",
         *           "attempt": 1,
         *           "confirmed": true,
         *           "templateId": "assayer-git-config",
         *           "name": "Git configuration exposed",
         *           "severity": "high",
         *           "type": "http",
         *           "matcherName": null,
         *           "extractorName": null,
         *           "target": "https://app.example.com",
         *           "host": "app.example.com",
         *           "port": 443,
         *           "ip": "192.0.2.10",
         *           "matchedAt": "https://app.example.com/.git/config",
         *           "extractedResults": [],
         *           "tags": [
         *             "exposure",
         *             "git"
         *           ],
         *           "references": [
         *             "https://git-scm.com/docs/git-config"
         *           ],
         *           "description": "The folder of the version control is served to anyone.",
         *           "remediation": "Do not serve the .git folder.",
         *           "classification": {
         *             "cveIds": [],
         *             "cweIds": [
         *               "cwe-538"
         *             ],
         *             "cvssScore": 7.5,
         *             "cvssMetrics": null,
         *             "epssScore": null
         *           },
         *           "curlCommand": "curl -X 'GET' 'https://app.example.com/.git/config'",
         *           "fingerprint": "c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0",
         *           "at": "2026-03-02T09:00:00.412Z",
         *           "createdAt": "2026-03-02T09:00:00.412Z",
         *           "url": "https://assayer.example.com/v1/scans/scn_01kb3v1xg4f0rvm7t1jx1qhd2c/findings"
         *         }
         *       }
         *     }
         */
        OutboundFindingEvent: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            sequence: number;
            data: {
                scanId: string;
                finding: {
                    id: string;
                    scanId: string;
                    shardId: string;
                    attempt: number;
                    confirmed: boolean;
                    templateId: string;
                    name: string;
                    /** @enum {string} */
                    severity: "critical" | "high" | "medium" | "low" | "info" | "unknown";
                    /** @description Open list; known values: http, ssl, dns, tcp, javascript. */
                    type: string;
                    matcherName: string | null;
                    extractorName: string | null;
                    target: string | null;
                    host: string | null;
                    port: number | null;
                    ip: string | null;
                    matchedAt: string | null;
                    extractedResults: string[];
                    tags: string[];
                    references: string[];
                    description: string | null;
                    remediation: string | null;
                    classification: {
                        cveIds: string[];
                        cweIds: string[];
                        cvssScore: number | null;
                        cvssMetrics: string | null;
                        epssScore: number | null;
                    };
                    curlCommand: string | null;
                    fingerprint: string;
                    at: string | null;
                    /** Format: date-time */
                    createdAt: string;
                    url: string;
                } | components["schemas"]["FindingCut"];
                deleted?: boolean;
            };
        };
        /**
         * OutboundScanEvent
         * @example {
         *       "type": "scan.partial",
         *       "timestamp": "2026-03-02T09:01:12.870Z",
         *       "sequence": 12,
         *       "data": {
         *         "scan": {
         *           "id": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *           "workspaceId": "wsp_01kb3tzyyyepfs1fjwy4wq1vth",
         *           "state": "partial",
         *           "reason": {
         *             "code": "targets-unreachable",
         *             "detail": "1 of 2 targets did not answer"
         *           },
         *           "labels": {
         *             "team": "web"
         *           },
         *           "targetCount": 2,
         *           "profile": "default",
         *           "templates": {
         *             "ids": [],
         *             "tags": [],
         *             "severities": [
         *               "critical",
         *               "high"
         *             ],
         *             "protocols": [
         *               "http",
         *               "ssl",
         *               "dns",
         *               "tcp"
         *             ],
         *             "excludeIds": [],
         *             "excludeTags": [
         *               "dos",
         *               "fuzz",
         *               "bruteforce",
         *               "intrusive",
         *               "local"
         *             ],
         *             "custom": []
         *           },
         *           "limits": {
         *             "requestsPerSecond": 50,
         *             "concurrency": 10,
         *             "timeoutSeconds": 10,
         *             "retries": 1,
         *             "maxHostErrors": 30,
         *             "followRedirects": false,
         *             "parallelShards": null,
         *             "softLimitSeconds": 3300,
         *             "hardLimitSeconds": 3600,
         *             "deadlineSeconds": null
         *           },
         *           "evidence": "redacted",
         *           "priority": 5,
         *           "shardSize": 25,
         *           "templatesSelected": 312,
         *           "templatesLoaded": 312,
         *           "rerunOf": null,
         *           "progress": {
         *             "percent": 100,
         *             "shards": {
         *               "total": 2,
         *               "queued": 0,
         *               "running": 0,
         *               "completed": 1,
         *               "partial": 0,
         *               "failed": 1,
         *               "cancelled": 0,
         *               "dead": 0
         *             },
         *             "requests": 812,
         *             "errors": 3,
         *             "etaSeconds": 0
         *           },
         *           "coverage": {
         *             "asked": 2,
         *             "covered": 1,
         *             "partial": 0,
         *             "unreachable": 1,
         *             "skipped": 0,
         *             "pending": 0
         *           },
         *           "findings": {
         *             "total": 7,
         *             "unconfirmed": 0,
         *             "critical": 0,
         *             "high": 1,
         *             "medium": 2,
         *             "low": 1,
         *             "info": 3,
         *             "unknown": 0
         *           },
         *           "engine": {
         *             "nuclei": "3.11.1",
         *             "templates": "sha256:8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f"
         *           },
         *           "createdBy": {
         *             "kind": "key",
         *             "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *           },
         *           "createdAt": "2026-03-02T09:00:00.000Z",
         *           "startedAt": "2026-03-02T09:00:00.412Z",
         *           "finishedAt": "2026-03-02T09:01:12.870Z",
         *           "pauseRequestedAt": null,
         *           "cancelRequestedAt": null,
         *           "url": "https://assayer.example.com/v1/scans/scn_01kb3v1xg4f0rvm7t1jx1qhd2c"
         *         }
         *       }
         *     }
         */
        OutboundScanEvent: {
            type: string;
            /** Format: date-time */
            timestamp: string;
            sequence: number;
            data: {
                scan: {
                    id: string;
                    workspaceId: string;
                    /** @enum {string} */
                    state: "queued" | "paused" | "running" | "completed" | "partial" | "failed" | "cancelled";
                    reason: components["schemas"]["Reason"] | null;
                    labels: {
                        [key: string]: string;
                    };
                    targetCount: number;
                    profile: string;
                    templates: components["schemas"]["TemplateSelection"];
                    limits: components["schemas"]["Limits"];
                    /** @description Open list; known values: none, redacted, full. */
                    evidence: string;
                    priority: number;
                    shardSize: number;
                    templatesSelected: number;
                    templatesLoaded: number | null;
                    rerunOf: string | null;
                    progress: {
                        percent: number;
                        shards: {
                            total: number;
                            queued: number;
                            running: number;
                            completed: number;
                            partial: number;
                            failed: number;
                            cancelled: number;
                            dead: number;
                        };
                        requests: number;
                        errors: number;
                        etaSeconds: number | null;
                    };
                    coverage: {
                        asked: number;
                        pending: number;
                        skipped: number;
                        unreachable: number;
                        partial: number;
                        covered: number;
                    };
                    findings: {
                        total: number;
                        unconfirmed: number;
                        critical: number;
                        high: number;
                        medium: number;
                        low: number;
                        info: number;
                        unknown: number;
                    };
                    engine: {
                        nuclei: string;
                        templates: string;
                    };
                    createdBy: components["schemas"]["CreatedBy"];
                    /** Format: date-time */
                    createdAt: string;
                    startedAt: string | null;
                    finishedAt: string | null;
                    pauseRequestedAt: string | null;
                    cancelRequestedAt: string | null;
                    url: string;
                } | components["schemas"]["ScanCut"];
                deleted?: boolean;
                /** @description There were more findings than the thousand that were told one by one. */
                truncated?: boolean;
            };
        };
        /**
         * Problem
         * @example {
         *       "type": "/problems/target-out-of-scope",
         *       "title": "A target is out of scope",
         *       "status": 422,
         *       "instance": "/v1/scans",
         *       "code": "target-out-of-scope",
         *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "errors": [
         *         {
         *           "in": "body",
         *           "pointer": "/targets/0",
         *           "code": "no-rule",
         *           "message": "no rule allows app.example.com:443"
         *         }
         *       ]
         *     }
         */
        Problem: {
            /** @description Leads to a page on the code. */
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** @description The path asked for. */
            instance: string;
            /** @description What programs act on. Open list. */
            code: string;
            requestId: string;
            errors?: components["schemas"]["ProblemError"][];
        };
        /**
         * ProblemError
         * @example {
         *       "in": "body",
         *       "pointer": "/targets/0",
         *       "code": "no-rule",
         *       "message": "no rule allows app.example.com:443"
         *     }
         */
        ProblemError: {
            /** @description `body`, `query`, `path` or `header`. */
            in: string;
            /** @description A JSON pointer into the body. */
            pointer?: string;
            /** @description The name of a parameter. */
            name?: string;
            code: string;
            message: string;
        };
        /**
         * Profile
         * @example {
         *       "id": "prf_01kb3v0zs7f3b9kq1g1n9x0w4m",
         *       "name": "gentle",
         *       "templates": {
         *         "ids": [],
         *         "tags": [],
         *         "severities": [
         *           "critical",
         *           "high"
         *         ],
         *         "protocols": [],
         *         "excludeIds": [],
         *         "excludeTags": [],
         *         "custom": []
         *       },
         *       "limits": {
         *         "requestsPerSecond": 5
         *       },
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z"
         *     }
         */
        Profile: {
            id: string;
            name: string;
            /** @description Null: the built-in selection. */
            templates: components["schemas"]["TemplateSelection"] | null;
            limits: components["schemas"]["ProfileLimits"];
            createdBy: components["schemas"]["CreatedBy"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * ProfileLimits
         * @example {
         *       "requestsPerSecond": 5
         *     }
         */
        ProfileLimits: {
            requestsPerSecond?: number;
            concurrency?: number;
            timeoutSeconds?: number;
            retries?: number;
            maxHostErrors?: number;
            followRedirects?: boolean;
            parallelShards?: number | null;
            softLimitSeconds?: number;
            hardLimitSeconds?: number;
            deadlineSeconds?: number | null;
        };
        /** ProfileList */
        ProfileList: {
            data: components["schemas"]["Profile"][];
            nextCursor: string | null;
        };
        /** ProfilePatch */
        ProfilePatch: {
            name?: string;
            templates?: components["schemas"]["TemplateSelectionPatch"] | null;
            limits?: components["schemas"]["LimitsPatch"] | null;
        };
        /**
         * Reason
         * @example {
         *       "code": "targets-unreachable",
         *       "detail": "1 of 2 targets did not answer"
         *     }
         */
        Reason: {
            /** @description Open list; known values: soft-limit, deadline, targets-unreachable, shards-dead, output-truncated, scanner-error, scope. */
            code: string;
            detail: string | null;
        };
        /**
         * Scan
         * @example {
         *       "id": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "workspaceId": "wsp_01kb3tzyyyepfs1fjwy4wq1vth",
         *       "state": "partial",
         *       "reason": {
         *         "code": "targets-unreachable",
         *         "detail": "1 of 2 targets did not answer"
         *       },
         *       "labels": {
         *         "team": "web"
         *       },
         *       "targetCount": 2,
         *       "profile": "default",
         *       "templates": {
         *         "ids": [],
         *         "tags": [],
         *         "severities": [
         *           "critical",
         *           "high"
         *         ],
         *         "protocols": [
         *           "http",
         *           "ssl",
         *           "dns",
         *           "tcp"
         *         ],
         *         "excludeIds": [],
         *         "excludeTags": [
         *           "dos",
         *           "fuzz",
         *           "bruteforce",
         *           "intrusive",
         *           "local"
         *         ],
         *         "custom": []
         *       },
         *       "limits": {
         *         "requestsPerSecond": 50,
         *         "concurrency": 10,
         *         "timeoutSeconds": 10,
         *         "retries": 1,
         *         "maxHostErrors": 30,
         *         "followRedirects": false,
         *         "parallelShards": null,
         *         "softLimitSeconds": 3300,
         *         "hardLimitSeconds": 3600,
         *         "deadlineSeconds": null
         *       },
         *       "evidence": "redacted",
         *       "priority": 5,
         *       "shardSize": 25,
         *       "templatesSelected": 312,
         *       "templatesLoaded": 312,
         *       "rerunOf": null,
         *       "progress": {
         *         "percent": 100,
         *         "shards": {
         *           "total": 2,
         *           "queued": 0,
         *           "running": 0,
         *           "completed": 1,
         *           "partial": 0,
         *           "failed": 1,
         *           "cancelled": 0,
         *           "dead": 0
         *         },
         *         "requests": 812,
         *         "errors": 3,
         *         "etaSeconds": 0
         *       },
         *       "coverage": {
         *         "asked": 2,
         *         "covered": 1,
         *         "partial": 0,
         *         "unreachable": 1,
         *         "skipped": 0,
         *         "pending": 0
         *       },
         *       "findings": {
         *         "total": 7,
         *         "unconfirmed": 0,
         *         "critical": 0,
         *         "high": 1,
         *         "medium": 2,
         *         "low": 1,
         *         "info": 3,
         *         "unknown": 0
         *       },
         *       "engine": {
         *         "nuclei": "3.11.1",
         *         "templates": "sha256:8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f"
         *       },
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z",
         *       "startedAt": "2026-03-02T09:00:00.412Z",
         *       "finishedAt": "2026-03-02T09:01:12.870Z",
         *       "pauseRequestedAt": null,
         *       "cancelRequestedAt": null
         *     }
         */
        Scan: {
            id: string;
            workspaceId: string;
            /** @enum {string} */
            state: "queued" | "paused" | "running" | "completed" | "partial" | "failed" | "cancelled";
            reason: components["schemas"]["Reason"] | null;
            labels: {
                [key: string]: string;
            };
            targetCount: number;
            profile: string;
            templates: components["schemas"]["TemplateSelection"];
            limits: components["schemas"]["Limits"];
            /** @description Open list; known values: none, redacted, full. */
            evidence: string;
            priority: number;
            shardSize: number;
            templatesSelected: number;
            templatesLoaded: number | null;
            rerunOf: string | null;
            progress: {
                percent: number;
                shards: {
                    total: number;
                    queued: number;
                    running: number;
                    completed: number;
                    partial: number;
                    failed: number;
                    cancelled: number;
                    dead: number;
                };
                requests: number;
                errors: number;
                etaSeconds: number | null;
            };
            coverage: {
                asked: number;
                pending: number;
                skipped: number;
                unreachable: number;
                partial: number;
                covered: number;
            };
            findings: {
                total: number;
                unconfirmed: number;
                critical: number;
                high: number;
                medium: number;
                low: number;
                info: number;
                unknown: number;
            };
            engine: {
                nuclei: string;
                templates: string;
            };
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            pauseRequestedAt: string | null;
            cancelRequestedAt: string | null;
        };
        /**
         * ScanCut
         * @example {
         *       "id": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "state": "partial",
         *       "coverage": {
         *         "asked": 2,
         *         "covered": 1,
         *         "partial": 0,
         *         "unreachable": 1,
         *         "skipped": 0,
         *         "pending": 0
         *       },
         *       "url": "https://assayer.example.com/v1/scans/scn_01kb3v1xg4f0rvm7t1jx1qhd2c"
         *     }
         */
        ScanCut: {
            id: string;
            state: string;
            coverage?: {
                [key: string]: number;
            };
            findings?: {
                [key: string]: number;
            };
            url: string;
        };
        /** ScanList */
        ScanList: {
            data: components["schemas"]["Scan"][];
            nextCursor: string | null;
        };
        /** ScanOrder */
        ScanOrder: {
            targets: string[];
            /** @default {} */
            targetLabels?: {
                [key: string]: string;
            };
            templates?: components["schemas"]["TemplateSelectionInput"];
            /** @default default */
            profile?: string;
            /** @default {} */
            limits?: components["schemas"]["LimitsInput"];
            /**
             * @default redacted
             * @enum {string}
             */
            evidence?: "none" | "redacted" | "full";
            /** @default 5 */
            priority?: number;
            /** @default 25 */
            shardSize?: number;
            /** @default {} */
            labels?: {
                [key: string]: string;
            };
        };
        /** ScanPatch */
        ScanPatch: {
            labels?: {
                [key: string]: string | null;
            } | null;
            priority?: number | null;
        };
        /**
         * ScanTarget
         * @example {
         *       "ordered": "https://app.example.com",
         *       "canonical": "https://app.example.com",
         *       "coverage": "covered",
         *       "reason": null,
         *       "shardIds": [
         *         "shd_01kb3v1xg5f9k8yj9s2y4d8c6n"
         *       ],
         *       "findings": 7,
         *       "evidence": {
         *         "connects": 512,
         *         "refusedByScope": 0,
         *         "timedOut": 0,
         *         "failed": 0,
         *         "bytesIn": 1482113,
         *         "bytesOut": 98304,
         *         "peakRequestsPerSecond": 48,
         *         "firstAt": "2026-03-02T09:00:00.412Z",
         *         "lastAt": "2026-03-02T09:01:12.870Z"
         *       }
         *     }
         */
        ScanTarget: {
            ordered: string;
            canonical: string;
            /** @enum {string} */
            coverage: "pending" | "skipped" | "unreachable" | "partial" | "covered";
            reason: components["schemas"]["Reason"] | null;
            shardIds: string[];
            findings: number;
            evidence: {
                connects: number;
                refusedByScope: number;
                timedOut: number;
                failed: number;
                bytesIn: number;
                bytesOut: number;
                peakRequestsPerSecond: number;
                firstAt: string | null;
                lastAt: string | null;
            };
        };
        /** ScanTargetList */
        ScanTargetList: {
            data: components["schemas"]["ScanTarget"][];
            nextCursor: string | null;
        };
        /** ScansToDelete */
        ScansToDelete: {
            ids: string[];
        };
        /**
         * ScopeRule
         * @example {
         *       "id": "scr_01kb3v0k00fyh9yd8m2s3rj5k7",
         *       "effect": "allow",
         *       "pattern": "app.example.com:443",
         *       "note": "ticket 4711, signed by the owner",
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z",
         *       "expiresAt": null
         *     }
         */
        ScopeRule: {
            id: string;
            /** @description Open list; known values: allow, deny. */
            effect: string;
            pattern: string;
            note: string;
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
            expiresAt: string | null;
        };
        /** ScopeRuleList */
        ScopeRuleList: {
            data: components["schemas"]["ScopeRule"][];
            nextCursor: string | null;
        };
        /** SecretRotation */
        SecretRotation: {
            /** @default 86400 */
            overlapSeconds?: number;
        };
        /**
         * Shard
         * @example {
         *       "id": "shd_01kb3v1xg5f9k8yj9s2y4d8c6n",
         *       "state": "completed",
         *       "reason": null,
         *       "percent": 100,
         *       "requests": 512,
         *       "errors": 0,
         *       "losses": 0,
         *       "targetCount": 1,
         *       "targets": [
         *         "https://app.example.com"
         *       ],
         *       "attemptCount": 1,
         *       "attempts": [
         *         {
         *           "number": 1,
         *           "worker": "wrk_01kb3tzzqte0etn9mxj6v6jz3s",
         *           "startedAt": "2026-03-02T09:00:00.412Z",
         *           "endedAt": "2026-03-02T09:01:12.870Z",
         *           "outcome": "completed",
         *           "why": null,
         *           "exitCode": 0,
         *           "signal": null,
         *           "peakMemoryBytes": 148897792,
         *           "stderr": []
         *         }
         *       ],
         *       "endedAt": "2026-03-02T09:01:12.870Z"
         *     }
         */
        Shard: {
            id: string;
            /** @enum {string} */
            state: "queued" | "running" | "completed" | "partial" | "failed" | "cancelled" | "dead";
            reason: components["schemas"]["Reason"] | null;
            percent: number;
            requests: number;
            errors: number;
            losses: number;
            targetCount: number;
            targets: string[];
            attemptCount: number;
            attempts: components["schemas"]["Attempt"][];
            endedAt: string | null;
        };
        /** ShardList */
        ShardList: {
            data: components["schemas"]["Shard"][];
            nextCursor: string | null;
        };
        /**
         * Status
         * @example {
         *       "status": "ready"
         *     }
         */
        Status: {
            /** @description Open list; known values: ok, ready, degraded. */
            status: string;
        };
        /**
         * StreamEvent
         * @example {
         *       "event": "end",
         *       "data": "completed",
         *       "id": "end"
         *     }
         */
        StreamEvent: {
            /** @description Open list; known values: scan, finding, end. */
            event: string;
            /** @description A Scan or a Finding in JSON; of `end` the state. */
            data: string;
            /** @description What `Last-Event-ID` may name; a `scan` has none. */
            id?: string;
        };
        /**
         * System
         * @example {
         *       "version": "0.1.0",
         *       "redis": "up",
         *       "templates": {
         *         "digest": "sha256:5f0c",
         *         "nuclei": "3.11.1",
         *         "count": 24,
         *         "activatedAt": "2026-03-02T09:00:00.412Z"
         *       },
         *       "queue": {
         *         "queued": 3,
         *         "held": 0,
         *         "running": 1,
         *         "oldestQueuedSeconds": 0.4
         *       },
         *       "outbox": {
         *         "pending": 0,
         *         "deliveriesPending": 2
         *       },
         *       "workers": [
         *         {
         *           "id": "wrk_01kb3v0w5ke8nv6dcmrxqp4h2z",
         *           "version": "0.1.0",
         *           "nuclei": "3.11.1",
         *           "templates": "sha256:5f0c",
         *           "slots": 2,
         *           "running": 1,
         *           "draining": false,
         *           "memoryBytes": 96468992,
         *           "memoryLimitBytes": 805306368,
         *           "startedAt": "2026-03-02T09:00:00.412Z",
         *           "lastBeatAt": "2026-03-02T09:00:00.412Z"
         *         }
         *       ]
         *     }
         */
        System: {
            version: string;
            /** @description Open list; known values: up, down. */
            redis: string;
            templates: {
                digest: string;
                nuclei: string;
                count: number;
                /** Format: date-time */
                activatedAt: string;
            } | null;
            queue: {
                queued: number;
                held: number;
                running: number;
                oldestQueuedSeconds: number;
            };
            outbox: {
                pending: number;
                deliveriesPending: number;
            };
            workers: components["schemas"]["Worker"][];
        };
        /**
         * Target
         * @example {
         *       "id": "tgt_01kb3v0zs7f3b9kq1g1n9x0w4m",
         *       "name": "Web shop",
         *       "address": "https://app.example.com",
         *       "labels": {
         *         "team": "web"
         *       },
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z"
         *     }
         */
        Target: {
            id: string;
            name: string;
            address: string;
            labels: {
                [key: string]: string;
            };
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
        };
        /** TargetList */
        TargetList: {
            data: components["schemas"]["Target"][];
            nextCursor: string | null;
        };
        /** TargetPatch */
        TargetPatch: {
            name?: string;
            address?: string;
            labels?: {
                [key: string]: string | null;
            } | null;
        };
        /**
         * Template
         * @example {
         *       "id": "assayer-git-config",
         *       "name": "Git configuration exposed",
         *       "severity": "medium",
         *       "protocol": "http",
         *       "origin": "starter",
         *       "tags": [
         *         "config",
         *         "git",
         *         "exposure"
         *       ],
         *       "cveIds": [],
         *       "authors": [
         *         "assayer"
         *       ],
         *       "description": "The folder of the version control is served to anyone.",
         *       "references": [],
         *       "requests": 1
         *     }
         */
        Template: {
            id: string;
            name: string;
            /** @description Open list; known values: critical, high, medium, low, info, unknown. */
            severity: string;
            /** @description Open list; known values: http, ssl, dns, tcp, javascript. */
            protocol: string;
            /** @description Open list; known values: signed, starter. */
            origin: string;
            tags: string[];
            cveIds: string[];
            authors: string[];
            description: string | null;
            references: string[];
            requests: number;
        };
        /** TemplateList */
        TemplateList: {
            data: components["schemas"]["Template"][];
            nextCursor: string | null;
        };
        /**
         * TemplateSelection
         * @example {
         *       "ids": [],
         *       "tags": [],
         *       "severities": [
         *         "critical",
         *         "high"
         *       ],
         *       "protocols": [
         *         "http",
         *         "ssl",
         *         "dns",
         *         "tcp"
         *       ],
         *       "excludeIds": [],
         *       "excludeTags": [
         *         "dos",
         *         "fuzz",
         *         "bruteforce",
         *         "intrusive",
         *         "local"
         *       ],
         *       "custom": []
         *     }
         */
        TemplateSelection: {
            ids: string[];
            tags: string[];
            severities: ("critical" | "high" | "medium" | "low" | "info" | "unknown")[];
            protocols: string[];
            excludeIds: string[];
            excludeTags: string[];
            custom: string[];
        };
        /** TemplateSelectionInput */
        TemplateSelectionInput: {
            /** @default [] */
            ids?: string[];
            /** @default [] */
            tags?: string[];
            /** @default [] */
            severities?: ("critical" | "high" | "medium" | "low" | "info" | "unknown")[];
            /** @default [] */
            protocols?: ("http" | "ssl" | "dns" | "tcp" | "javascript")[];
            /** @default [] */
            excludeIds?: string[];
            /** @default [] */
            excludeTags?: string[];
            custom?: string[];
        };
        /** TemplateSelectionPatch */
        TemplateSelectionPatch: {
            ids?: string[] | null;
            tags?: string[] | null;
            severities?: ("critical" | "high" | "medium" | "low" | "info" | "unknown")[] | null;
            protocols?: ("http" | "ssl" | "dns" | "tcp" | "javascript")[] | null;
            excludeIds?: string[] | null;
            excludeTags?: string[] | null;
            custom?: string[] | null;
        };
        /**
         * TemplateWithSource
         * @example {
         *       "id": "assayer-git-config",
         *       "name": "Git configuration exposed",
         *       "severity": "medium",
         *       "protocol": "http",
         *       "origin": "starter",
         *       "tags": [
         *         "config",
         *         "git",
         *         "exposure"
         *       ],
         *       "cveIds": [],
         *       "authors": [
         *         "assayer"
         *       ],
         *       "description": "The folder of the version control is served to anyone.",
         *       "references": [],
         *       "requests": 1,
         *       "source": "id: assayer-git-config\n",
         *       "sourceTruncated": false
         *     }
         */
        TemplateWithSource: {
            id: string;
            name: string;
            /** @description Open list; known values: critical, high, medium, low, info, unknown. */
            severity: string;
            /** @description Open list; known values: http, ssl, dns, tcp, javascript. */
            protocol: string;
            /** @description Open list; known values: signed, starter. */
            origin: string;
            tags: string[];
            cveIds: string[];
            authors: string[];
            description: string | null;
            references: string[];
            requests: number;
            source: string | null;
            sourceTruncated: boolean;
        };
        /**
         * Trigger
         * @example {
         *       "id": "trg_01kb3v5c2mf8s0d4h6j9q3w7xe",
         *       "name": "what is deployed",
         *       "kind": "github",
         *       "events": [
         *         "deployment_status"
         *       ],
         *       "filters": {
         *         "branches": [],
         *         "environments": [
         *           "production"
         *         ],
         *         "states": [
         *           "success"
         *         ]
         *       },
         *       "order": {
         *         "targets": [
         *           {
         *             "fromPayload": "/deployment_status/environment_url"
         *           }
         *         ],
         *         "targetLabels": {},
         *         "limits": {},
         *         "evidence": "redacted",
         *         "priority": 5,
         *         "shardSize": 25,
         *         "labels": {
         *           "from": "deployment"
         *         }
         *       },
         *       "answer": {
         *         "kind": "github",
         *         "baseUrl": "https://api.github.com",
         *         "status": true,
         *         "sarif": true,
         *         "severityFloor": "high"
         *       },
         *       "answers": [
         *         {
         *           "kind": "github-status",
         *           "enabled": true,
         *           "disabledReason": null,
         *           "failingSince": null
         *         },
         *         {
         *           "kind": "github-sarif",
         *           "enabled": true,
         *           "disabledReason": null,
         *           "failingSince": null
         *         }
         *       ],
         *       "enabled": true,
         *       "previousSecretExpiresAt": null,
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z"
         *     }
         */
        Trigger: {
            id: string;
            name: string;
            /** @enum {string} */
            kind: "github" | "gitlab" | "standard" | "hmac";
            events: string[];
            filters: {
                /** @default [] */
                branches?: string[];
                /** @default [] */
                environments?: string[];
                /** @default [] */
                states?: string[];
            };
            /** @description An `OrderOfTrigger`, with its defaults filled in. */
            order: {
                [key: string]: unknown;
            };
            /** @description How the forge is told of the scans; its token is not shown. */
            answer: components["schemas"]["TriggerAnswer"] | null;
            /** @description What `answer` sends, each. One that failed for five days is sent again once the trigger is changed. */
            answers: components["schemas"]["TriggerAnswerState"][];
            enabled: boolean;
            previousSecretExpiresAt: string | null;
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * TriggerAnswer
         * @example {
         *       "kind": "github",
         *       "baseUrl": "https://api.github.com",
         *       "status": true,
         *       "sarif": true,
         *       "severityFloor": "high"
         *     }
         */
        TriggerAnswer: {
            /** @enum {string} */
            kind: "github" | "gitlab";
            baseUrl: string;
            status: boolean;
            sarif: boolean;
            /** @enum {string} */
            severityFloor: "critical" | "high" | "medium" | "low" | "info" | "unknown";
        };
        /**
         * TriggerAnswerState
         * @example {
         *       "kind": "github-status",
         *       "enabled": true,
         *       "disabledReason": null,
         *       "failingSince": null
         *     }
         */
        TriggerAnswerState: {
            /** @description Open list; known values: github-status, github-sarif, gitlab-status. */
            kind: string;
            enabled: boolean;
            disabledReason: string | null;
            failingSince: string | null;
        };
        /** TriggerList */
        TriggerList: {
            data: components["schemas"]["Trigger"][];
            nextCursor: string | null;
        };
        /** TriggerPatch */
        TriggerPatch: {
            name?: string;
            events?: string[] | null;
            filters?: {
                [key: string]: unknown;
            } | null;
            order?: {
                [key: string]: unknown;
            };
            answer?: {
                [key: string]: unknown;
            } | null;
            enabled?: boolean | null;
        };
        /** TriggerPayload */
        TriggerPayload: {
            [key: string]: unknown;
        };
        /** TriggerRotation */
        TriggerRotation: {
            secret?: string;
            /** @default 86400 */
            overlapSeconds?: number;
        };
        /**
         * TriggerSecret
         * @example {
         *       "id": "trg_01kb3v5c2mf8s0d4h6j9q3w7xe",
         *       "secret": "decadedecadedecadedecadedecadedecadedecadedecadedecadedecade",
         *       "createdAt": "2026-03-02T09:00:00.000Z"
         *     }
         */
        TriggerSecret: {
            id: string;
            secret: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * TriggerWithSecret
         * @example {
         *       "id": "trg_01kb3v5c2mf8s0d4h6j9q3w7xe",
         *       "name": "what is deployed",
         *       "kind": "github",
         *       "events": [
         *         "deployment_status"
         *       ],
         *       "filters": {
         *         "branches": [],
         *         "environments": [
         *           "production"
         *         ],
         *         "states": [
         *           "success"
         *         ]
         *       },
         *       "order": {
         *         "targets": [
         *           {
         *             "fromPayload": "/deployment_status/environment_url"
         *           }
         *         ],
         *         "targetLabels": {},
         *         "limits": {},
         *         "evidence": "redacted",
         *         "priority": 5,
         *         "shardSize": 25,
         *         "labels": {
         *           "from": "deployment"
         *         }
         *       },
         *       "answer": {
         *         "kind": "github",
         *         "baseUrl": "https://api.github.com",
         *         "status": true,
         *         "sarif": true,
         *         "severityFloor": "high"
         *       },
         *       "answers": [
         *         {
         *           "kind": "github-status",
         *           "enabled": true,
         *           "disabledReason": null,
         *           "failingSince": null
         *         },
         *         {
         *           "kind": "github-sarif",
         *           "enabled": true,
         *           "disabledReason": null,
         *           "failingSince": null
         *         }
         *       ],
         *       "enabled": true,
         *       "previousSecretExpiresAt": null,
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z",
         *       "secret": "c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffee"
         *     }
         */
        TriggerWithSecret: {
            id: string;
            name: string;
            /** @enum {string} */
            kind: "github" | "gitlab" | "standard" | "hmac";
            events: string[];
            filters: {
                /** @default [] */
                branches?: string[];
                /** @default [] */
                environments?: string[];
                /** @default [] */
                states?: string[];
            };
            /** @description An `OrderOfTrigger`, with its defaults filled in. */
            order: {
                [key: string]: unknown;
            };
            /** @description How the forge is told of the scans; its token is not shown. */
            answer: components["schemas"]["TriggerAnswer"] | null;
            /** @description What `answer` sends, each. One that failed for five days is sent again once the trigger is changed. */
            answers: components["schemas"]["TriggerAnswerState"][];
            enabled: boolean;
            previousSecretExpiresAt: string | null;
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
            secret: string | null;
        };
        /**
         * WebhookAttempt
         * @example {
         *       "at": "2026-03-02T09:01:12.870Z",
         *       "durationMs": 84,
         *       "status": 204,
         *       "error": null
         *     }
         */
        WebhookAttempt: {
            /** Format: date-time */
            at: string;
            durationMs: number;
            status: number | null;
            error: string | null;
        };
        /**
         * WebhookDelivery
         * @example {
         *       "id": "dlv_01kb3v3q0ze6r9g2k4m8n1p5sa",
         *       "endpointId": "whe_01kb3v2m8kf1q9c3d7r5w0x6zt",
         *       "triggerId": null,
         *       "eventId": "evt_01kb3v3q0ze6r9g2k4m8n1p5sb",
         *       "type": "scan.partial",
         *       "scanId": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "sequence": 12,
         *       "state": "delivered",
         *       "replyStatus": 204,
         *       "attempts": [
         *         {
         *           "at": "2026-03-02T09:01:12.870Z",
         *           "durationMs": 84,
         *           "status": 204,
         *           "error": null
         *         }
         *       ],
         *       "nextTryAt": null,
         *       "createdAt": "2026-03-02T09:01:12.870Z",
         *       "endedAt": "2026-03-02T09:01:12.870Z"
         *     }
         */
        WebhookDelivery: {
            id: string;
            /** @description Null for a trigger's answer to its forge. */
            endpointId: string | null;
            triggerId: string | null;
            eventId: string;
            /** @description Open list; known values: scan.started, scan.completed, scan.partial, scan.failed, scan.cancelled, finding.created, endpoint.disabled, endpoint.test. */
            type: string;
            scanId: string | null;
            sequence: number;
            /** @enum {string} */
            state: "pending" | "sending" | "delivered" | "dead";
            /** @description Of the last attempt; null where nobody answered. */
            replyStatus: number | null;
            attempts: components["schemas"]["WebhookAttempt"][];
            nextTryAt: string | null;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
        };
        /** WebhookDeliveryList */
        WebhookDeliveryList: {
            data: components["schemas"]["WebhookDelivery"][];
            nextCursor: string | null;
        };
        /**
         * WebhookDeliveryWithRequest
         * @example {
         *       "id": "dlv_01kb3v3q0ze6r9g2k4m8n1p5sa",
         *       "endpointId": "whe_01kb3v2m8kf1q9c3d7r5w0x6zt",
         *       "triggerId": null,
         *       "eventId": "evt_01kb3v3q0ze6r9g2k4m8n1p5sb",
         *       "type": "scan.partial",
         *       "scanId": "scn_01kb3v1xg4f0rvm7t1jx1qhd2c",
         *       "sequence": 12,
         *       "state": "delivered",
         *       "replyStatus": 204,
         *       "attempts": [
         *         {
         *           "at": "2026-03-02T09:01:12.870Z",
         *           "durationMs": 84,
         *           "status": 204,
         *           "error": null
         *         }
         *       ],
         *       "nextTryAt": null,
         *       "createdAt": "2026-03-02T09:01:12.870Z",
         *       "endedAt": "2026-03-02T09:01:12.870Z",
         *       "request": {
         *         "method": "POST",
         *         "url": "https://hooks.example.com/assayer",
         *         "headers": {
         *           "webhook-id": "evt_01kb3v3q0ze6r9g2k4m8n1p5sb"
         *         },
         *         "body": "{\"type\":\"scan.partial\",\"timestamp\":\"2026-03-02T09:01:12.870Z\",\"sequence\":12,\"data\":{\"scan\":{\"id\":\"scn_01kb3v1xg4f0rvm7t1jx1qhd2c\",\"workspaceId\":\"wsp_01kb3tzyyyepfs1fjwy4wq1vth\",\"state\":\"partial\",\"reason\":{\"code\":\"targets-unreachable\",\"detail\":\"1 of 2 targets did not answer\"},\"labels\":{\"team\":\"web\"},\"targetCount\":2,\"profile\":\"default\",\"templates\":{\"ids\":[],\"tags\":[],\"severities\":[\"critical\",\"high\"],\"protocols\":[\"http\",\"ssl\",\"dns\",\"tcp\"],\"excludeIds\":[],\"excludeTags\":[\"dos\",\"fuzz\",\"bruteforce\",\"intrusive\",\"local\"],\"custom\":[]},\"limits\":{\"requestsPerSecond\":50,\"concurrency\":10,\"timeoutSeconds\":10,\"retries\":1,\"maxHostErrors\":30,\"followRedirects\":false,\"parallelShards\":null,\"softLimitSeconds\":3300,\"hardLimitSeconds\":3600,\"deadlineSeconds\":null},\"evidence\":\"redacted\",\"priority\":5,\"shardSize\":25,\"templatesSelected\":312,\"templatesLoaded\":312,\"rerunOf\":null,\"progress\":{\"percent\":100,\"shards\":{\"total\":2,\"queued\":0,\"running\":0,\"completed\":1,\"partial\":0,\"failed\":1,\"cancelled\":0,\"dead\":0},\"requests\":812,\"errors\":3,\"etaSeconds\":0},\"coverage\":{\"asked\":2,\"covered\":1,\"partial\":0,\"unreachable\":1,\"skipped\":0,\"pending\":0},\"findings\":{\"total\":7,\"unconfirmed\":0,\"critical\":0,\"high\":1,\"medium\":2,\"low\":1,\"info\":3,\"unknown\":0},\"engine\":{\"nuclei\":\"3.11.1\",\"templates\":\"sha256:8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f8f\"},\"createdBy\":{\"kind\":\"key\",\"id\":\"key_01kb3tzz00e5ws4m1d5vb6pqre\"},\"createdAt\":\"2026-03-02T09:00:00.000Z\",\"startedAt\":\"2026-03-02T09:00:00.412Z\",\"finishedAt\":\"2026-03-02T09:01:12.870Z\",\"pauseRequestedAt\":null,\"cancelRequestedAt\":null,\"url\":\"https://assayer.example.com/v1/scans/scn_01kb3v1xg4f0rvm7t1jx1qhd2c\"}}}"
         *       }
         *     }
         */
        WebhookDeliveryWithRequest: {
            id: string;
            /** @description Null for a trigger's answer to its forge. */
            endpointId: string | null;
            triggerId: string | null;
            eventId: string;
            /** @description Open list; known values: scan.started, scan.completed, scan.partial, scan.failed, scan.cancelled, finding.created, endpoint.disabled, endpoint.test. */
            type: string;
            scanId: string | null;
            sequence: number;
            /** @enum {string} */
            state: "pending" | "sending" | "delivered" | "dead";
            /** @description Of the last attempt; null where nobody answered. */
            replyStatus: number | null;
            attempts: components["schemas"]["WebhookAttempt"][];
            nextTryAt: string | null;
            /** Format: date-time */
            createdAt: string;
            endedAt: string | null;
            request: {
                /** @constant */
                method: "POST";
                url: string;
                headers: {
                    [key: string]: string;
                };
                /** @description Null until the first try, and for SARIF, which is written anew for each. */
                body: string | null;
            };
        };
        /**
         * WebhookEndpoint
         * @example {
         *       "id": "whe_01kb3v2m8kf1q9c3d7r5w0x6zt",
         *       "kind": "standard",
         *       "url": "https://hooks.example.com/assayer",
         *       "events": [
         *         "scan.finished",
         *         "finding.created"
         *       ],
         *       "severityFloor": "high",
         *       "headers": {
         *         "X-Team": null
         *       },
         *       "enabled": true,
         *       "disabledReason": null,
         *       "failingSince": null,
         *       "previousSecretExpiresAt": null,
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z"
         *     }
         */
        WebhookEndpoint: {
            id: string;
            /** @enum {string} */
            kind: "standard";
            url: string;
            events: string[];
            /** @enum {string} */
            severityFloor: "critical" | "high" | "medium" | "low" | "info" | "unknown";
            /** @description The names of its own headers; their values are never shown again. */
            headers: {
                [key: string]: null;
            };
            enabled: boolean;
            disabledReason: string | null;
            failingSince: string | null;
            previousSecretExpiresAt: string | null;
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
        };
        /** WebhookEndpointList */
        WebhookEndpointList: {
            data: components["schemas"]["WebhookEndpoint"][];
            nextCursor: string | null;
        };
        /** WebhookEndpointPatch */
        WebhookEndpointPatch: {
            url?: string;
            events?: ("scan.started" | "scan.completed" | "scan.partial" | "scan.failed" | "scan.cancelled" | "scan.finished" | "scan.*" | "finding.created" | "endpoint.disabled")[] | null;
            severityFloor?: ("critical" | "high" | "medium" | "low" | "info" | "unknown") | null;
            headers?: {
                [key: string]: string | null;
            } | null;
            enabled?: boolean | null;
        };
        /**
         * WebhookEndpointWithSecret
         * @example {
         *       "id": "whe_01kb3v2m8kf1q9c3d7r5w0x6zt",
         *       "kind": "standard",
         *       "url": "https://hooks.example.com/assayer",
         *       "events": [
         *         "scan.finished",
         *         "finding.created"
         *       ],
         *       "severityFloor": "high",
         *       "headers": {
         *         "X-Team": null
         *       },
         *       "enabled": true,
         *       "disabledReason": null,
         *       "failingSince": null,
         *       "previousSecretExpiresAt": null,
         *       "createdBy": {
         *         "kind": "key",
         *         "id": "key_01kb3tzz00e5ws4m1d5vb6pqre"
         *       },
         *       "createdAt": "2026-03-02T09:00:00.000Z",
         *       "secret": "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
         *     }
         */
        WebhookEndpointWithSecret: {
            id: string;
            /** @enum {string} */
            kind: "standard";
            url: string;
            events: string[];
            /** @enum {string} */
            severityFloor: "critical" | "high" | "medium" | "low" | "info" | "unknown";
            /** @description The names of its own headers; their values are never shown again. */
            headers: {
                [key: string]: null;
            };
            enabled: boolean;
            disabledReason: string | null;
            failingSince: string | null;
            previousSecretExpiresAt: string | null;
            createdBy: components["schemas"]["CreatedBy"];
            /** Format: date-time */
            createdAt: string;
            secret: string | null;
        };
        /**
         * WebhookReplay
         * @example {
         *       "due": 1000,
         *       "nextSince": "2026-03-02T09:01:12.870Z"
         *     }
         */
        WebhookReplay: {
            due: number;
            /** @description From this time on nothing became due yet: ask again with it as `since`. Null where nothing is left. */
            nextSince: string | null;
        };
        /**
         * WebhookSecret
         * @example {
         *       "id": "whe_01kb3v2m8kf1q9c3d7r5w0x6zt",
         *       "secret": "whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB=",
         *       "createdAt": "2026-03-02T09:00:00.000Z"
         *     }
         */
        WebhookSecret: {
            id: string;
            secret: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /**
         * Worker
         * @example {
         *       "id": "wrk_01kb3v0w5ke8nv6dcmrxqp4h2z",
         *       "version": "0.1.0",
         *       "nuclei": "3.11.1",
         *       "templates": "sha256:5f0c",
         *       "slots": 2,
         *       "running": 1,
         *       "draining": false,
         *       "memoryBytes": 96468992,
         *       "memoryLimitBytes": 805306368,
         *       "startedAt": "2026-03-02T09:00:00.412Z",
         *       "lastBeatAt": "2026-03-02T09:00:00.412Z"
         *     }
         */
        Worker: {
            id: string;
            version: string;
            nuclei: string;
            templates: string | null;
            slots: number;
            running: number;
            draining: boolean;
            memoryBytes: number | null;
            memoryLimitBytes: number | null;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            lastBeatAt: string;
        };
    };
    responses: {
        /** @description `malformed-request`: A header, cursor or parameter cannot be read. */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/malformed-request",
                 *       "title": "A header, cursor or parameter cannot be read",
                 *       "status": 400,
                 *       "instance": "/v1/scans",
                 *       "code": "malformed-request",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `key-invalid`: The API key is not valid. `key-missing`: An API key is needed: Authorization: Bearer asy_.... */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/key-invalid",
                 *       "title": "The API key is not valid",
                 *       "status": 401,
                 *       "instance": "/v1/scans",
                 *       "code": "key-invalid",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `permission-missing`: The key lacks a permission. */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/permission-missing",
                 *       "title": "The key lacks a permission",
                 *       "status": 403,
                 *       "instance": "/v1/scans",
                 *       "code": "permission-missing",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not-acceptable`: No answer in an accepted media type. */
        NotAcceptable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/not-acceptable",
                 *       "title": "No answer in an accepted media type",
                 *       "status": 406,
                 *       "instance": "/v1/scans",
                 *       "code": "not-acceptable",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `body-too-large`: The body is too large. */
        BodyTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/body-too-large",
                 *       "title": "The body is too large",
                 *       "status": 413,
                 *       "instance": "/v1/scans",
                 *       "code": "body-too-large",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `uri-too-long`: The URI is too long. */
        UriTooLong: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/uri-too-long",
                 *       "title": "The URI is too long",
                 *       "status": 414,
                 *       "instance": "/v1/scans",
                 *       "code": "uri-too-long",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported-media-type`: The media type is not supported. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unsupported-media-type",
                 *       "title": "The media type is not supported",
                 *       "status": 415,
                 *       "instance": "/v1/scans",
                 *       "code": "unsupported-media-type",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid-input`: The input was read and refused. */
        InvalidInput: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/invalid-input",
                 *       "title": "The input was read and refused",
                 *       "status": 422,
                 *       "instance": "/v1/scans",
                 *       "code": "invalid-input",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `rate-limited`: Too many requests. */
        RateLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/rate-limited",
                 *       "title": "Too many requests",
                 *       "status": 429,
                 *       "instance": "/v1/scans",
                 *       "code": "rate-limited",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `headers-too-large`: The headers are too large. */
        HeadersTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/headers-too-large",
                 *       "title": "The headers are too large",
                 *       "status": 431,
                 *       "instance": "/v1/scans",
                 *       "code": "headers-too-large",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal`: Something went wrong inside. */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/internal",
                 *       "title": "Something went wrong inside",
                 *       "status": 500,
                 *       "instance": "/v1/scans",
                 *       "code": "internal",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `database-unavailable`: The database cannot be reached. `overloaded`: The service is overloaded. */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/database-unavailable",
                 *       "title": "The database cannot be reached",
                 *       "status": 503,
                 *       "instance": "/v1/scans",
                 *       "code": "database-unavailable",
                 *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
        "Idempotency-Key": string;
        /** @description Change it only while it has this entity tag. */
        "If-Match": string;
        /** @description Answer 304 when it still has this entity tag. */
        "If-None-Match": string;
        /** @description `wait=60`: answer later, when there is something to say (RFC 7240). */
        Prefer: string;
        /** @description The id of the last event that was read. */
        "Last-Event-ID": string;
    };
    requestBodies: never;
    headers: {
        /** @description The id of the request, the one that was sent or a new one. */
        "X-Request-Id": string;
        /** @description The path of what was made. */
        Location: string;
        /** @description The entity tag that a GET of what is shown has; not of the first answer to an act that comes again. */
        ETag: string;
        /** @description `true`: this is the first answer to this key, again. */
        "Idempotency-Replayed": string;
        /** @description The preference that was followed. */
        "Preference-Applied": string;
        /** @description The state of the scan when its export began, and why: `partial; reason=deadline`. */
        "Assayer-Scan-State": string;
        /** @description How many targets have each coverage: `asked=2, covered=1, partial=0, unreachable=1, ...`. */
        "Assayer-Coverage": string;
        /** @description The name of a file for it. */
        "Content-Disposition": string;
        /** @description Seconds after which to ask again. */
        "Retry-After": number;
        /** @description How to authenticate. */
        "WWW-Authenticate": string;
        /** @description What is left of the limit (IETF httpapi draft). */
        RateLimit: string;
        /** @description The limit (IETF httpapi draft). */
        "RateLimit-Policy": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listScans: {
        parameters: {
            query?: {
                /** @description In one of these states. */
                state?: ("queued" | "paused" | "running" | "completed" | "partial" | "failed" | "cancelled")[];
                /** @description With this label, `key:value`; repeated, with all of them. */
                label?: string[];
                /** @description Of this target, as in an order; a bare host is any target on it. */
                target?: string;
                /** @description Made after this time. */
                createdAfter?: string;
                /** @description Made before this time. */
                createdBefore?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    orderScan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "targets": [
                 *         "https://app.example.com",
                 *         "app.example.com:8443"
                 *       ],
                 *       "templates": {
                 *         "severities": [
                 *           "critical",
                 *           "high"
                 *         ]
                 *       },
                 *       "labels": {
                 *         "team": "web"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ScanOrder"];
            };
        };
        responses: {
            /** @description The scan, stored: no failure after this loses it. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. `selection-empty`: The selection matches no installed template. `target-invalid`: A target cannot be scanned as written. `target-out-of-scope`: A target is out of scope. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `database-unavailable`: The database cannot be reached. `no-worker`: No worker has registered its templates yet. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/database-unavailable",
                     *       "title": "The database cannot be reached",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "database-unavailable",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getScan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `wait=60`: answer later, when there is something to say (RFC 7240). */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The scan; `Preference-Applied` where it waited. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteScan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `scan-not-finished`: The scan has not ended. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-finished",
                     *       "title": "The scan has not ended",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-finished",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeScan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "labels": {
                 *         "team": "web",
                 *         "build": null
                 *       },
                 *       "priority": 9
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ScanPatch"];
                /**
                 * @example {
                 *       "labels": {
                 *         "team": "web",
                 *         "build": null
                 *       },
                 *       "priority": 9
                 *     }
                 */
                "application/json": components["schemas"]["ScanPatch"];
            };
        };
        responses: {
            /** @description The scan as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteScans: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ids": [
                 *         "scn_01kb3v1xg4f0rvm7t1jx1qhd2c"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ScansToDelete"];
            };
        };
        responses: {
            /** @description What came of each id, in the order given. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedScans"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rerunScan: {
        parameters: {
            query?: {
                /** @description Take only the targets that were not covered; the scan must have ended. */
                only?: "unfinished";
            };
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The scan, stored: no failure after this loses it. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `scan-not-finished`: The scan has not ended. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. `selection-empty`: The selection matches no installed template. `target-invalid`: A target cannot be scanned as written. `target-out-of-scope`: A target is out of scope. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `database-unavailable`: The database cannot be reached. `no-worker`: No worker has registered its templates yet. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/database-unavailable",
                     *       "title": "The database cannot be reached",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "database-unavailable",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelScan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description It is so already. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description It will be. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `scan-already-finished`: The scan has already ended. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    pauseScan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description It is so already. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description It will be. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `scan-already-finished`: The scan has already ended. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeScan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description It is so already. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description It will be. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `scan-already-finished`: The scan has already ended. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listScanTargets: {
        parameters: {
            query?: {
                /** @description With one of these coverages. */
                coverage?: ("pending" | "skipped" | "unreachable" | "partial" | "covered")[];
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScanTargetList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listScanShards: {
        parameters: {
            query?: {
                /** @description In one of these states. */
                state?: ("queued" | "running" | "completed" | "partial" | "failed" | "cancelled" | "dead")[];
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShardList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    followScan: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event that was read. */
                "Last-Event-ID"?: components["parameters"]["Last-Event-ID"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream; the schema is that of one event. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "event": "end",
                     *       "data": "completed",
                     *       "id": "end"
                     *     }
                     */
                    "text/event-stream": components["schemas"]["StreamEvent"];
                };
            };
            /** @description The client has seen the end. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `database-unavailable`: The database cannot be reached. `draining`: The process is stopping. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/database-unavailable",
                     *       "title": "The database cannot be reached",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "database-unavailable",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportScan: {
        parameters: {
            query: {
                /** @description What to write it as. */
                format: "jsonl" | "csv" | "sarif" | "html" | "markdown";
                /** @description With requests and responses, where the scan kept them. */
                evidence?: "true" | "false";
                /** @description SARIF also of a scan that is not completed. */
                allowPartial?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Assayer-Scan-State": components["headers"]["Assayer-Scan-State"];
                    "Assayer-Coverage": components["headers"]["Assayer-Coverage"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {"template-id":"git-config","info":{"name":"Git config","severity":"medium"}} */
                    "application/x-ndjson": string;
                    /**
                     * @example "severity","confirmed","templateId"
                     *     "medium","true","git-config"
                     */
                    "text/csv": string;
                    /**
                     * @example {
                     *       "version": "2.1.0",
                     *       "runs": []
                     *     }
                     */
                    "application/sarif+json": Record<string, never>;
                    /** @example <!doctype html> */
                    "text/html": string;
                    /** @example ## Scan completed: 0 findings */
                    "text/markdown": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `scan-not-complete`: The scan is not completed. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-complete",
                     *       "title": "The scan is not completed",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-complete",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `database-unavailable`: The database cannot be reached. `draining`: The process is stopping. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/database-unavailable",
                     *       "title": "The database cannot be reached",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "database-unavailable",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScanFindings: {
        parameters: {
            query?: {
                /** @description Of one of these severities. */
                severity?: ("critical" | "high" | "medium" | "low" | "info" | "unknown")[];
                /** @description Found by one of these templates. */
                templateId?: string[];
                /** @description On one of these hosts. */
                host?: string[];
                /** @description With this text in name, template id, host or place. */
                q?: string[];
                /** @description Stored since this time. */
                since?: string;
                /** @description Newest first (default), or worst first. */
                sort?: "newest" | "severity";
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scan-not-found`: There is no such scan. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scan-not-found",
                     *       "title": "There is no such scan",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scan-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listFindings: {
        parameters: {
            query?: {
                /** @description Of one of these severities. */
                severity?: ("critical" | "high" | "medium" | "low" | "info" | "unknown")[];
                /** @description Found by one of these templates. */
                templateId?: string[];
                /** @description On one of these hosts. */
                host?: string[];
                /** @description With this text in name, template id, host or place. */
                q?: string[];
                /** @description Stored since this time. */
                since?: string;
                /** @description Newest first (default), or worst first. */
                sort?: "newest" | "severity";
                /** @description Of scans with this label, `key:value`; repeated, with all of them. */
                scanLabel?: string[];
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFinding: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingWithEvidence"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `finding-not-found`: There is no such finding. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/finding-not-found",
                     *       "title": "There is no such finding",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "finding-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTargets: {
        parameters: {
            query?: {
                /** @description Only with this label; all of them when repeated. */
                label?: string[];
                /** @description Only with this text in name or address; any of them when repeated. */
                q?: string[];
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Web shop",
                 *       "address": "https://app.example.com",
                 *       "labels": {
                 *         "team": "web"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewTarget"];
            };
        };
        responses: {
            /** @description The target, its address in canonical form. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. `target-invalid`: A target cannot be scanned as written. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `target-not-found`: There is no such target. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/target-not-found",
                     *       "title": "There is no such target",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "target-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `target-not-found`: There is no such target. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/target-not-found",
                     *       "title": "There is no such target",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "target-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Shop",
                 *       "labels": {
                 *         "team": null
                 *       }
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["TargetPatch"];
                /**
                 * @example {
                 *       "name": "Shop",
                 *       "labels": {
                 *         "team": null
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TargetPatch"];
            };
        };
        responses: {
            /** @description The target as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Target"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `target-not-found`: There is no such target. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/target-not-found",
                     *       "title": "There is no such target",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "target-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `invalid-input`: The input was read and refused. `target-invalid`: A target cannot be scanned as written. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input was read and refused",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "invalid-input",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listProfiles: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "gentle",
                 *       "templates": {
                 *         "severities": [
                 *           "critical",
                 *           "high"
                 *         ]
                 *       },
                 *       "limits": {
                 *         "requestsPerSecond": 5
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewProfile"];
            };
        };
        responses: {
            /** @description The profile. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `name-taken`: The name is taken. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `profile-not-found`: There is no such profile. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/profile-not-found",
                     *       "title": "There is no such profile",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "profile-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `profile-not-found`: There is no such profile. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/profile-not-found",
                     *       "title": "There is no such profile",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "profile-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `profile-is-default`: The default profile keeps its name and is not deleted. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/profile-is-default",
                     *       "title": "The default profile keeps its name and is not deleted",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "profile-is-default",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limits": {
                 *         "requestsPerSecond": null,
                 *         "retries": 0
                 *       }
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ProfilePatch"];
                /**
                 * @example {
                 *       "limits": {
                 *         "requestsPerSecond": null,
                 *         "retries": 0
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ProfilePatch"];
            };
        };
        responses: {
            /** @description The profile as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `profile-not-found`: There is no such profile. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/profile-not-found",
                     *       "title": "There is no such profile",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "profile-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `name-taken`: The name is taken. `profile-is-default`: The default profile keeps its name and is not deleted. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/name-taken",
                     *       "title": "The name is taken",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "name-taken",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listScopeRules: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScopeRuleList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createScopeRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "effect": "allow",
                 *       "pattern": "app.example.com:443",
                 *       "note": "ticket 4711, signed by the owner"
                 *     }
                 */
                "application/json": components["schemas"]["NewScopeRule"];
            };
        };
        responses: {
            /** @description The rule. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScopeRule"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. `scope-rule-not-permitted`: Such a scope rule is not permitted. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getScopeRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScopeRule"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scope-rule-not-found`: There is no such scope rule. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scope-rule-not-found",
                     *       "title": "There is no such scope rule",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scope-rule-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteScopeRule: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `scope-rule-not-found`: There is no such scope rule. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/scope-rule-not-found",
                     *       "title": "There is no such scope rule",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "scope-rule-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /** @description With all of these words, each at the beginning of one of its own. */
                q?: string[];
                /** @description With one of these tags. */
                tag?: string[];
                /** @description Of one of these severities. */
                severity?: ("critical" | "high" | "medium" | "low" | "info" | "unknown")[];
                /** @description Of one of these protocols. */
                protocol?: ("http" | "ssl" | "dns" | "tcp" | "javascript")[];
                /** @description About one of these CVEs. */
                cve?: string[];
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateWithSource"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `template-not-found`: There is no such template. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/template-not-found",
                     *       "title": "There is no such template",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "template-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCustomTemplates: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomTemplateList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCustomTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "login page",
                 *       "source": "id: our-login-page\ninfo: { name: Our login page, author: us, severity: info }\nhttp:\n  - path: ['{{BaseURL}}/login']\n    matchers: [{ type: word, words: [Sign in] }]\n"
                 *     }
                 */
                "application/json": components["schemas"]["NewCustomTemplate"];
            };
        };
        responses: {
            /** @description The template. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomTemplateWithSource"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `name-taken`: The name is taken. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. `template-invalid`: The template is not valid. `template-not-permitted`: Such a template is not permitted. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `database-unavailable`: The database cannot be reached. `draining`: The process is stopping. `no-worker`: No worker has registered its templates yet. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/database-unavailable",
                     *       "title": "The database cannot be reached",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "database-unavailable",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCustomTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomTemplateWithSource"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `custom-template-not-found`: There is no such custom template. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/custom-template-not-found",
                     *       "title": "There is no such custom template",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "custom-template-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteCustomTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `custom-template-not-found`: There is no such custom template. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/custom-template-not-found",
                     *       "title": "There is no such custom template",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "custom-template-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeCustomTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "login page of the shop"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["CustomTemplatePatch"];
                /**
                 * @example {
                 *       "name": "login page of the shop"
                 *     }
                 */
                "application/json": components["schemas"]["CustomTemplatePatch"];
            };
        };
        responses: {
            /** @description The template as it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomTemplateWithSource"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `custom-template-not-found`: There is no such custom template. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/custom-template-not-found",
                     *       "title": "There is no such custom template",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "custom-template-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `name-taken`: The name is taken. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/name-taken",
                     *       "title": "The name is taken",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "name-taken",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `invalid-input`: The input was read and refused. `template-invalid`: The template is not valid. `template-not-permitted`: Such a template is not permitted. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input was read and refused",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "invalid-input",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `database-unavailable`: The database cannot be reached. `draining`: The process is stopping. `no-worker`: No worker has registered its templates yet. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/database-unavailable",
                     *       "title": "The database cannot be reached",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "database-unavailable",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://hooks.example.com/assayer",
                 *       "events": [
                 *         "scan.finished",
                 *         "finding.created"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhookEndpoint"];
            };
        };
        responses: {
            /** @description The endpoint, with its secret this once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. `url-not-permitted`: The URL is not permitted. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `webhook-endpoint-not-found`: There is no such webhook endpoint. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/webhook-endpoint-not-found",
                     *       "title": "There is no such webhook endpoint",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "webhook-endpoint-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `webhook-endpoint-not-found`: There is no such webhook endpoint. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/webhook-endpoint-not-found",
                     *       "title": "There is no such webhook endpoint",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "webhook-endpoint-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "severityFloor": "critical"
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["WebhookEndpointPatch"];
                /**
                 * @example {
                 *       "severityFloor": "critical"
                 *     }
                 */
                "application/json": components["schemas"]["WebhookEndpointPatch"];
            };
        };
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `webhook-endpoint-not-found`: There is no such webhook endpoint. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/webhook-endpoint-not-found",
                     *       "title": "There is no such webhook endpoint",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "webhook-endpoint-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `invalid-input`: The input was read and refused. `url-not-permitted`: The URL is not permitted. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input was read and refused",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "invalid-input",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            /** @description The new secret, this once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `webhook-endpoint-not-found`: There is no such webhook endpoint. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/webhook-endpoint-not-found",
                     *       "title": "There is no such webhook endpoint",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "webhook-endpoint-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The delivery of an `endpoint.test` event. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `webhook-endpoint-not-found`: There is no such webhook endpoint. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/webhook-endpoint-not-found",
                     *       "title": "There is no such webhook endpoint",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "webhook-endpoint-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `in-use`: It is in use. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    replayWebhookEvents: {
        parameters: {
            query: {
                /** @description From this time on. */
                since: string;
            };
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description How many deliveries became due, and from when on more are left. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `webhook-endpoint-not-found`: There is no such webhook endpoint. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/webhook-endpoint-not-found",
                     *       "title": "There is no such webhook endpoint",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "webhook-endpoint-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `in-use`: It is in use. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description To this endpoint. */
                endpointId?: string;
                /** @description Answers of this trigger to its forge. */
                triggerId?: string;
                /** @description In one of these states. */
                state?: ("pending" | "sending" | "delivered" | "dead")[];
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryWithRequest"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `webhook-delivery-not-found`: There is no such delivery. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/webhook-delivery-not-found",
                     *       "title": "There is no such delivery",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "webhook-delivery-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The delivery, due at once. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `webhook-delivery-not-found`: There is no such delivery. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/webhook-delivery-not-found",
                     *       "title": "There is no such delivery",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "webhook-delivery-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `in-use`: It is in use. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTriggers: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTrigger: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "what is deployed",
                 *       "kind": "github",
                 *       "events": [
                 *         "deployment_status"
                 *       ],
                 *       "filters": {
                 *         "environments": [
                 *           "production"
                 *         ],
                 *         "states": [
                 *           "success"
                 *         ]
                 *       },
                 *       "order": {
                 *         "targets": [
                 *           {
                 *             "fromPayload": "/deployment_status/environment_url"
                 *           }
                 *         ],
                 *         "labels": {
                 *           "from": "deployment"
                 *         }
                 *       },
                 *       "answer": {
                 *         "kind": "github",
                 *         "token": "github_pat_11ABCDEFG",
                 *         "sarif": true
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewTrigger"];
            };
        };
        responses: {
            /** @description The trigger, with its secret this once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerWithSecret"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `name-taken`: The name is taken. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. `target-invalid`: A target cannot be scanned as written. `url-not-permitted`: The URL is not permitted. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTrigger: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `trigger-not-found`: There is no such trigger. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/trigger-not-found",
                     *       "title": "There is no such trigger",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "trigger-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteTrigger: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `trigger-not-found`: There is no such trigger. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/trigger-not-found",
                     *       "title": "There is no such trigger",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "trigger-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeTrigger: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filters": {
                 *         "branches": [
                 *           "main",
                 *           "release/*"
                 *         ]
                 *       }
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["TriggerPatch"];
                /**
                 * @example {
                 *       "filters": {
                 *         "branches": [
                 *           "main",
                 *           "release/*"
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TriggerPatch"];
            };
        };
        responses: {
            /** @description The trigger. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trigger"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `trigger-not-found`: There is no such trigger. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/trigger-not-found",
                     *       "title": "There is no such trigger",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "trigger-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `name-taken`: The name is taken. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/name-taken",
                     *       "title": "The name is taken",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "name-taken",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `invalid-input`: The input was read and refused. `target-invalid`: A target cannot be scanned as written. `url-not-permitted`: The URL is not permitted. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input was read and refused",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "invalid-input",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateTriggerSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["TriggerRotation"];
            };
        };
        responses: {
            /** @description The new secret, this once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerSecret"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `trigger-not-found`: There is no such trigger. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/trigger-not-found",
                     *       "title": "There is no such trigger",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "trigger-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    takeDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "deployment_status": {
                 *         "environment_url": "https://app.example.com"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TriggerPayload"];
            };
        };
        responses: {
            /** @description The delivery is known: its scan, or that it was deleted. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveredScan"];
                };
            };
            /** @description The scan that it ordered. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scan"];
                };
            };
            /** @description The trigger does not want it, or it is a ping. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `signature-invalid`: The signature is not valid. */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/signature-invalid",
                     *       "title": "The signature is not valid",
                     *       "status": 401,
                     *       "instance": "/v1/scans",
                     *       "code": "signature-invalid",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `trigger-not-found`: There is no such trigger. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/trigger-not-found",
                     *       "title": "There is no such trigger",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "trigger-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `invalid-input`: The input was read and refused. `selection-empty`: The selection matches no installed template. `target-invalid`: A target cannot be scanned as written. `target-out-of-scope`: A target is out of scope. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/invalid-input",
                     *       "title": "The input was read and refused",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "invalid-input",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `database-unavailable`: The database cannot be reached. `no-worker`: No worker has registered its templates yet. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/database-unavailable",
                     *       "title": "The database cannot be reached",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "database-unavailable",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "build server",
                 *       "preset": "operator"
                 *     }
                 */
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description The key, with its secret this once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyWithSecret"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `key-not-found`: There is no such key. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/key-not-found",
                     *       "title": "There is no such key",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "key-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Change it only while it has this entity tag. */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `key-not-found`: There is no such key. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/key-not-found",
                     *       "title": "There is no such key",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "key-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key-is-bootstrap`: The bootstrap key lives in the environment. `key-is-own`: A key cannot do this to itself. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/key-is-bootstrap",
                     *       "title": "The bootstrap key lives in the environment",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "key-is-bootstrap",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `version-mismatch`: It has changed since it was read. */
            412: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/version-mismatch",
                     *       "title": "It has changed since it was read",
                     *       "status": 412,
                     *       "instance": "/v1/scans",
                     *       "code": "version-mismatch",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes it safe to send the request again within 24 h: the first answer comes back. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["KeyRotation"];
            };
        };
        responses: {
            /** @description The key, with its secret this once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyWithSecret"];
                };
            };
            /** @description `malformed-json`: The body is not valid JSON. `malformed-request`: A header, cursor or parameter cannot be read. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/malformed-json",
                     *       "title": "The body is not valid JSON",
                     *       "status": 400,
                     *       "instance": "/v1/scans",
                     *       "code": "malformed-json",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `key-not-found`: There is no such key. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/key-not-found",
                     *       "title": "There is no such key",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "key-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description `idempotency-in-progress`: A request with this idempotency key is still running. `key-is-bootstrap`: The bootstrap key lives in the environment. `key-is-own`: A key cannot do this to itself. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-in-progress",
                     *       "title": "A request with this idempotency key is still running",
                     *       "status": 409,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-in-progress",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["BodyTooLarge"];
            414: components["responses"]["UriTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description `idempotency-key-reused`: The idempotency key was used with another request. `invalid-input`: The input was read and refused. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/idempotency-key-reused",
                     *       "title": "The idempotency key was used with another request",
                     *       "status": 422,
                     *       "instance": "/v1/scans",
                     *       "code": "idempotency-key-reused",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Only this action, as `scan.ordered`; any of them when repeated. */
                action?: string[];
                /** @description Only by this key, trigger or schedule; any of them when repeated. */
                actor?: string[];
                /** @description Only what was done to this id; any of them when repeated. */
                subject?: string[];
                /** @description Only after this time. */
                createdAfter?: string;
                /** @description Only before this time. */
                createdBefore?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and the cursor of the next one; null on the last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAuditEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEvent"];
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description `audit-event-not-found`: There is no such audit event. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/audit-event-not-found",
                     *       "title": "There is no such audit event",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "audit-event-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text format 0.0.4. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example # TYPE assayer_workers_alive gauge
                     *     assayer_workers_alive 2
                     */
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            422: components["responses"]["InvalidInput"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            400: components["responses"]["BadRequest"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/overloaded",
                     *       "title": "The service is overloaded",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "overloaded",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They can. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            400: components["responses"]["BadRequest"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `database-unavailable`: The database cannot be reached. `draining`: The process is stopping. `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/database-unavailable",
                     *       "title": "The database cannot be reached",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "database-unavailable",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/overloaded",
                     *       "title": "The service is overloaded",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "overloaded",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, without script. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html> */
                    "text/html": string;
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/overloaded",
                     *       "title": "The service is overloaded",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "overloaded",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProblem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 when it still has this entity tag. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                code: "malformed-json" | "malformed-request" | "key-missing" | "key-invalid" | "signature-invalid" | "permission-missing" | "route-not-found" | "scan-not-found" | "shard-not-found" | "finding-not-found" | "key-not-found" | "target-not-found" | "scope-rule-not-found" | "profile-not-found" | "template-not-found" | "custom-template-not-found" | "webhook-endpoint-not-found" | "webhook-delivery-not-found" | "audit-event-not-found" | "trigger-not-found" | "method-not-allowed" | "not-acceptable" | "scan-already-finished" | "scan-not-finished" | "scan-not-complete" | "idempotency-in-progress" | "name-taken" | "key-is-own" | "key-is-bootstrap" | "profile-is-default" | "in-use" | "version-mismatch" | "body-too-large" | "uri-too-long" | "unsupported-media-type" | "headers-too-large" | "invalid-input" | "target-invalid" | "target-out-of-scope" | "scope-rule-not-permitted" | "selection-empty" | "template-invalid" | "template-not-permitted" | "idempotency-key-reused" | "url-not-permitted" | "rate-limited" | "internal" | "overloaded" | "database-unavailable" | "no-worker" | "draining";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, without script. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example <!doctype html> */
                    "text/html": string;
                };
            };
            /** @description It is what `If-None-Match` names. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            /** @description `route-not-found`: There is no such route. */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/route-not-found",
                     *       "title": "There is no such route",
                     *       "status": 404,
                     *       "instance": "/v1/scans",
                     *       "code": "route-not-found",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            406: components["responses"]["NotAcceptable"];
            414: components["responses"]["UriTooLong"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /** @description `overloaded`: The service is overloaded. */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/overloaded",
                     *       "title": "The service is overloaded",
                     *       "status": 503,
                     *       "instance": "/v1/scans",
                     *       "code": "overloaded",
                     *       "requestId": "req_01kb3v1xg4f0rvm7t1jx1qhd2c"
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    onScanStarted: {
        parameters: {
            query?: never;
            header: {
                /** @description The event, `evt_...`: the same at each try, so that a second one can be told. */
                "webhook-id": string;
                /** @description When this try was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundScanEvent"];
            };
        };
        responses: {
            /** @description The endpoint is gone: it is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was taken. Any other answer, or none within 15 s, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onScanCompleted: {
        parameters: {
            query?: never;
            header: {
                /** @description The event, `evt_...`: the same at each try, so that a second one can be told. */
                "webhook-id": string;
                /** @description When this try was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundScanEvent"];
            };
        };
        responses: {
            /** @description The endpoint is gone: it is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was taken. Any other answer, or none within 15 s, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onScanPartial: {
        parameters: {
            query?: never;
            header: {
                /** @description The event, `evt_...`: the same at each try, so that a second one can be told. */
                "webhook-id": string;
                /** @description When this try was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundScanEvent"];
            };
        };
        responses: {
            /** @description The endpoint is gone: it is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was taken. Any other answer, or none within 15 s, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onScanFailed: {
        parameters: {
            query?: never;
            header: {
                /** @description The event, `evt_...`: the same at each try, so that a second one can be told. */
                "webhook-id": string;
                /** @description When this try was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundScanEvent"];
            };
        };
        responses: {
            /** @description The endpoint is gone: it is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was taken. Any other answer, or none within 15 s, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onScanCancelled: {
        parameters: {
            query?: never;
            header: {
                /** @description The event, `evt_...`: the same at each try, so that a second one can be told. */
                "webhook-id": string;
                /** @description When this try was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundScanEvent"];
            };
        };
        responses: {
            /** @description The endpoint is gone: it is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was taken. Any other answer, or none within 15 s, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onFindingCreated: {
        parameters: {
            query?: never;
            header: {
                /** @description The event, `evt_...`: the same at each try, so that a second one can be told. */
                "webhook-id": string;
                /** @description When this try was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundFindingEvent"];
            };
        };
        responses: {
            /** @description The endpoint is gone: it is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was taken. Any other answer, or none within 15 s, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onEndpointDisabled: {
        parameters: {
            query?: never;
            header: {
                /** @description The event, `evt_...`: the same at each try, so that a second one can be told. */
                "webhook-id": string;
                /** @description When this try was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundEndpointEvent"];
            };
        };
        responses: {
            /** @description The endpoint is gone: it is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was taken. Any other answer, or none within 15 s, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onEndpointTest: {
        parameters: {
            query?: never;
            header: {
                /** @description The event, `evt_...`: the same at each try, so that a second one can be told. */
                "webhook-id": string;
                /** @description When this try was signed, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description `v1,` and HMAC-SHA256 of `id.timestamp.body` in base64; two while a secret is rotated. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundEndpointEvent"];
            };
        };
        responses: {
            /** @description The endpoint is gone: it is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was taken. Any other answer, or none within 15 s, is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
