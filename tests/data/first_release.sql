CREATE TABLE prodworkflow_campaign (
    id integer PRIMARY KEY,
    name text,
    template text,
    release_name text,
    start text,
    enforcement text,
    phase text,
    revision integer,
    head text
);
CREATE UNIQUE INDEX prodworkflow_campaign_name_idx ON prodworkflow_campaign (name);
CREATE INDEX prodworkflow_campaign_phase_idx ON prodworkflow_campaign (phase);
CREATE TABLE prodworkflow_stage (
    campaign integer,
    stage text,
    number integer,
    title text,
    milestone text,
    due text,
    closed integer,
    UNIQUE (campaign,stage)
);
CREATE INDEX prodworkflow_stage_milestone_idx ON prodworkflow_stage (milestone);
CREATE TABLE prodworkflow_requirement (
    campaign integer,
    requirement text,
    position integer,
    stage text,
    title text,
    ticket integer,
    ticket_time integer,
    contacts text,
    quorum integer,
    release_bound integer,
    seen integer,
    since integer,
    unsigned_closing integer,
    UNIQUE (campaign,requirement)
);
CREATE INDEX prodworkflow_requirement_ticket_idx ON prodworkflow_requirement (ticket);
CREATE TABLE prodworkflow_signoff (
    campaign integer,
    number integer,
    requirement text,
    verdict text,
    signer text,
    role text,
    release_name text,
    time integer,
    statement text,
    UNIQUE (campaign,number)
);
CREATE TABLE prodworkflow_ledger (
    campaign integer,
    number integer,
    time integer,
    actor text,
    verb text,
    requirement text,
    release_name text,
    payload text,
    previous text,
    hash text,
    UNIQUE (campaign,number)
);
INSERT INTO prodworkflow_campaign (id, name, template, release_name, start, enforcement, phase, revision, head) VALUES (1, '2011 Prod', 'path-to-production', 'V1', '2026-12-01', 'standard', 'underway', 8, '136c78293dbebf29c097c40f7ed83187dccd4bad75fe7253e4302aed2313b0b7');
INSERT INTO prodworkflow_stage (campaign, stage, number, title, milestone, due, closed) VALUES (1, 'software-preparation', 1, 'Software preparation', '2011 Prod: 1. Software preparation', '2026-11-03', 1);
INSERT INTO prodworkflow_stage (campaign, stage, number, title, milestone, due, closed) VALUES (1, 'release-validation', 2, 'Release validation', '2011 Prod: 2. Release validation', '2026-11-17', 0);
INSERT INTO prodworkflow_stage (campaign, stage, number, title, milestone, due, closed) VALUES (1, 'pre-production', 3, 'pre-production', '2011 Prod: 3. pre-production', '2026-11-28', 0);
INSERT INTO prodworkflow_requirement (campaign, requirement, position, stage, title, ticket, ticket_time, contacts, quorum, release_bound, seen, since, unsigned_closing) VALUES (1, 'feature-freeze', 0, 'software-preparation', 'Feature Freeze', 1, 1795508908397717, '["anna"]', 1, 0, 1795508908409858, 0, 0);
INSERT INTO prodworkflow_requirement (campaign, requirement, position, stage, title, ticket, ticket_time, contacts, quorum, release_bound, seen, since, unsigned_closing) VALUES (1, 'software-quality', 1, 'software-preparation', 'Software quality ok', 2, 1795508908398100, '["anna"]', 1, 0, 1795508908416000, 0, 0);
INSERT INTO prodworkflow_requirement (campaign, requirement, position, stage, title, ticket, ticket_time, contacts, quorum, release_bound, seen, since, unsigned_closing) VALUES (1, 'resources-estimate', 2, 'software-preparation', 'Resources estimate', 3, 1795508908398360, '["anna","bruno"]', 1, 0, 1795508908422615, 0, 0);
INSERT INTO prodworkflow_requirement (campaign, requirement, position, stage, title, ticket, ticket_time, contacts, quorum, release_bound, seen, since, unsigned_closing) VALUES (1, 'release-validated', 3, 'release-validation', 'Release validated', 4, 1795508908398551, '["bruno"]', 1, 1, 1795508908429082, 0, 0);
INSERT INTO prodworkflow_requirement (campaign, requirement, position, stage, title, ticket, ticket_time, contacts, quorum, release_bound, seen, since, unsigned_closing) VALUES (1, 'remote-sites-validated', 4, 'release-validation', 'Remote sites validated', 5, 1795508908398767, '[]', 1, 1, 1795508908448020, 0, 0);
INSERT INTO prodworkflow_requirement (campaign, requirement, position, stage, title, ticket, ticket_time, contacts, quorum, release_bound, seen, since, unsigned_closing) VALUES (1, 'runtime-performance', 5, 'pre-production', 'Runtime performance ok', 6, 1795508908399328, '["bruno"]', 1, 1, 1795508908399328, 0, 0);
INSERT INTO prodworkflow_requirement (campaign, requirement, position, stage, title, ticket, ticket_time, contacts, quorum, release_bound, seen, since, unsigned_closing) VALUES (1, 'physics-results', 6, 'pre-production', 'Physics results ok', 7, 1795508908399516, '["anna"]', 1, 1, 1795508908399516, 0, 0);
INSERT INTO prodworkflow_signoff (campaign, number, requirement, verdict, signer, role, release_name, time, statement) VALUES (1, 2, 'feature-freeze', 'approved', 'anna', 'contact', 'V1', 1795508908410273, 'Looked at it.');
INSERT INTO prodworkflow_signoff (campaign, number, requirement, verdict, signer, role, release_name, time, statement) VALUES (1, 3, 'software-quality', 'approved', 'anna', 'contact', 'V1', 1795508908416471, 'Looked at it.');
INSERT INTO prodworkflow_signoff (campaign, number, requirement, verdict, signer, role, release_name, time, statement) VALUES (1, 4, 'resources-estimate', 'approved', 'bruno', 'contact', 'V1', 1795508908422927, 'Looked at it.');
INSERT INTO prodworkflow_signoff (campaign, number, requirement, verdict, signer, role, release_name, time, statement) VALUES (1, 5, 'release-validated', 'approved', 'bruno', 'contact', 'V1', 1795508908429409, 'Looked at it.');
INSERT INTO prodworkflow_signoff (campaign, number, requirement, verdict, signer, role, release_name, time, statement) VALUES (1, 6, 'remote-sites-validated', 'approved', 'coordinator', 'administrator', 'V1', 1795508908435662, 'All sites ran.');
INSERT INTO prodworkflow_signoff (campaign, number, requirement, verdict, signer, role, release_name, time, statement) VALUES (1, 8, 'remote-sites-validated', 'withdrawn', 'eve', 'anyone', 'V1', 1795508908450584, 'One site fails.');
INSERT INTO prodworkflow_ledger (campaign, number, time, actor, verb, requirement, release_name, payload, previous, hash) VALUES (1, 1, 1795508908399709, 'coordinator', 'created', '', 'V1', '{"campaign":{"enforcement":"standard","name":"2011 Prod","phase":"underway","release":"V1","start":"2026-12-01","template":"path-to-production"},"requirements":[{"contacts":["anna"],"key":"feature-freeze","quorum":1,"release_bound":false,"seen":1795508908397717,"since":0,"stage":"software-preparation","ticket":1,"ticket_time":1795508908397717,"title":"Feature Freeze","unsigned":false},{"contacts":["anna"],"key":"software-quality","quorum":1,"release_bound":false,"seen":1795508908398100,"since":0,"stage":"software-preparation","ticket":2,"ticket_time":1795508908398100,"title":"Software quality ok","unsigned":false},{"contacts":["anna","bruno"],"key":"resources-estimate","quorum":1,"release_bound":false,"seen":1795508908398360,"since":0,"stage":"software-preparation","ticket":3,"ticket_time":1795508908398360,"title":"Resources estimate","unsigned":false},{"contacts":["bruno"],"key":"release-validated","quorum":1,"release_bound":true,"seen":1795508908398551,"since":0,"stage":"release-validation","ticket":4,"ticket_time":1795508908398551,"title":"Release validated","unsigned":false},{"contacts":[],"key":"remote-sites-validated","quorum":1,"release_bound":true,"seen":1795508908398767,"since":0,"stage":"release-validation","ticket":5,"ticket_time":1795508908398767,"title":"Remote sites validated","unsigned":false},{"contacts":["bruno"],"key":"runtime-performance","quorum":1,"release_bound":true,"seen":1795508908399328,"since":0,"stage":"pre-production","ticket":6,"ticket_time":1795508908399328,"title":"Runtime performance ok","unsigned":false},{"contacts":["anna"],"key":"physics-results","quorum":1,"release_bound":true,"seen":1795508908399516,"since":0,"stage":"pre-production","ticket":7,"ticket_time":1795508908399516,"title":"Physics results ok","unsigned":false}],"stages":[{"closed":false,"due":"2026-11-03","key":"software-preparation","milestone":"2011 Prod: 1. Software preparation","number":1,"title":"Software preparation"},{"closed":false,"due":"2026-11-17","key":"release-validation","milestone":"2011 Prod: 2. Release validation","number":2,"title":"Release validation"},{"closed":false,"due":"2026-11-28","key":"pre-production","milestone":"2011 Prod: 3. pre-production","number":3,"title":"pre-production"}]}', '0000000000000000000000000000000000000000000000000000000000000000', '252d04363869303ec3631d0026eafd8711f12b84b8eab3bf00f6ceb5c8dc38fd');
INSERT INTO prodworkflow_ledger (campaign, number, time, actor, verb, requirement, release_name, payload, previous, hash) VALUES (1, 2, 1795508908410273, 'anna', 'approved', 'feature-freeze', 'V1', '{"role":"contact","seen":1795508908409858,"statement":"Looked at it.","ticket":1}', '252d04363869303ec3631d0026eafd8711f12b84b8eab3bf00f6ceb5c8dc38fd', 'b5a1673afd7890bcd9faea0311a294e140f19367d531509d3c2bb0a6faaa1fdf');
INSERT INTO prodworkflow_ledger (campaign, number, time, actor, verb, requirement, release_name, payload, previous, hash) VALUES (1, 3, 1795508908416471, 'anna', 'approved', 'software-quality', 'V1', '{"role":"contact","seen":1795508908416000,"statement":"Looked at it.","ticket":2}', 'b5a1673afd7890bcd9faea0311a294e140f19367d531509d3c2bb0a6faaa1fdf', '54062a72f7045911ebfaa19d57aef4d517b2c51511a1aaa40e09652d8752f1e5');
INSERT INTO prodworkflow_ledger (campaign, number, time, actor, verb, requirement, release_name, payload, previous, hash) VALUES (1, 4, 1795508908422927, 'bruno', 'approved', 'resources-estimate', 'V1', '{"role":"contact","seen":1795508908422615,"statement":"Looked at it.","ticket":3}', '54062a72f7045911ebfaa19d57aef4d517b2c51511a1aaa40e09652d8752f1e5', '6d4273e973fb93f20ea0277d5ad940d1acc881193404ac7661805ebdd49b467b');
INSERT INTO prodworkflow_ledger (campaign, number, time, actor, verb, requirement, release_name, payload, previous, hash) VALUES (1, 5, 1795508908429409, 'bruno', 'approved', 'release-validated', 'V1', '{"role":"contact","seen":1795508908429082,"statement":"Looked at it.","ticket":4}', '6d4273e973fb93f20ea0277d5ad940d1acc881193404ac7661805ebdd49b467b', '0535fab86ce1973581935c0c1fe63ac5218fcac3bee64711fc5c8460099be7e6');
INSERT INTO prodworkflow_ledger (campaign, number, time, actor, verb, requirement, release_name, payload, previous, hash) VALUES (1, 6, 1795508908435662, 'coordinator', 'approved', 'remote-sites-validated', 'V1', '{"role":"administrator","seen":1795508908435304,"statement":"All sites ran.","ticket":5}', '0535fab86ce1973581935c0c1fe63ac5218fcac3bee64711fc5c8460099be7e6', '3285768cd4070ae00b0832ab65c35aa12a132c978f482dcbf1383fd14e1a049e');
INSERT INTO prodworkflow_ledger (campaign, number, time, actor, verb, requirement, release_name, payload, previous, hash) VALUES (1, 7, 1795508908445502, 'root', 'stage-closed', '', 'V1', '{"completed":1795508908440819,"stage":"software-preparation"}', '3285768cd4070ae00b0832ab65c35aa12a132c978f482dcbf1383fd14e1a049e', 'f4bb49039a7b8f85e5ccd03cd2b45cc97bc9e91a8f1f98f6a99c45f3324ab9e1');
INSERT INTO prodworkflow_ledger (campaign, number, time, actor, verb, requirement, release_name, payload, previous, hash) VALUES (1, 8, 1795508908450584, 'eve', 'withdrawn', 'remote-sites-validated', 'V1', '{"role":"anyone","seen":1795508908448020,"statement":"One site fails.","ticket":5}', 'f4bb49039a7b8f85e5ccd03cd2b45cc97bc9e91a8f1f98f6a99c45f3324ab9e1', '136c78293dbebf29c097c40f7ed83187dccd4bad75fe7253e4302aed2313b0b7');
INSERT INTO ticket (id, type, time, changetime, component, severity, priority, owner, reporter, cc, version, milestone, status, resolution, summary, description, keywords) VALUES (1, 'task', 1795508908397717, 1795508908409858, 'component1', NULL, 'major', 'anna', 'coordinator', NULL, 'V1', '2011 Prod: 1. Software preparation', 'closed', 'fixed', 'Feature Freeze', 'The production software takes no new features from here on; only critical
bug fixes may still go in.

Sign this off when the freeze is announced and in force.', NULL);
INSERT INTO ticket (id, type, time, changetime, component, severity, priority, owner, reporter, cc, version, milestone, status, resolution, summary, description, keywords) VALUES (2, 'task', 1795508908398100, 1795508908416000, 'component1', NULL, 'major', 'anna', 'coordinator', NULL, 'V1', '2011 Prod: 1. Software preparation', 'closed', 'fixed', 'Software quality ok', 'Assess the memory leaks of the frozen software. Each one is either fixed or
declared tolerable, with the reason.

Sign this off when no other leak is left.', NULL);
INSERT INTO ticket (id, type, time, changetime, component, severity, priority, owner, reporter, cc, version, milestone, status, resolution, summary, description, keywords) VALUES (3, 'task', 1795508908398360, 1795508908422615, 'component1', NULL, 'major', 'anna', 'coordinator', 'bruno', 'V1', '2011 Prod: 1. Software preparation', 'closed', 'fixed', 'Resources estimate', 'Estimate the CPU time that one job will take and the disk space that the
whole production will need.

Sign this off when both numbers are written down in this ticket.', NULL);
INSERT INTO ticket (id, type, time, changetime, component, severity, priority, owner, reporter, cc, version, milestone, status, resolution, summary, description, keywords) VALUES (4, 'task', 1795508908398551, 1795508908429082, 'component1', NULL, 'major', 'bruno', 'coordinator', NULL, 'V1', '2011 Prod: 2. Release validation', 'closed', 'fixed', 'Release validated', 'The software validation is done again on the release that was built, with its
patches. Where no automatic test exists, validate by hand.

Sign this off when the validation of the release has passed.', NULL);
INSERT INTO ticket (id, type, time, changetime, component, severity, priority, owner, reporter, cc, version, milestone, status, resolution, summary, description, keywords) VALUES (5, 'task', 1795508908398767, 1795508908448020, 'component1', NULL, 'major', 'somebody', 'coordinator', NULL, 'V1', '2011 Prod: 2. Release validation', 'reopened', NULL, 'Remote sites validated', 'The release is deployed on the remote sites that will run the production, and
a validation of it has run on each of them.

Sign this off when every site that will take part has been validated.', NULL);
INSERT INTO ticket (id, type, time, changetime, component, severity, priority, owner, reporter, cc, version, milestone, status, resolution, summary, description, keywords) VALUES (6, 'task', 1795508908399328, 1795508908399328, 'component1', NULL, 'major', 'bruno', 'coordinator', NULL, 'V1', '2011 Prod: 3. pre-production', 'new', NULL, 'Runtime performance ok', 'A small part of the events has been produced. Look at the crash rate of the
jobs, their memory and CPU time, the disk space used, and once more at memory
leaks, and compare with the resources estimate.

Sign this off when the full production can run like this.', NULL);
INSERT INTO ticket (id, type, time, changetime, component, severity, priority, owner, reporter, cc, version, milestone, status, resolution, summary, description, keywords) VALUES (7, 'task', 1795508908399516, 1795508908399516, 'component1', NULL, 'major', 'anna', 'coordinator', NULL, 'V1', '2011 Prod: 3. pre-production', 'new', NULL, 'Physics results ok', 'Look at the key plots of the pre-production, with at least one contact person
for each subdetector, and judge whether the results are what the production is
made for.

Sign this off when they are.', NULL);
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (1, 1795508908409858, 'anna', 'status', 'new', 'closed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (1, 1795508908409858, 'anna', 'resolution', NULL, 'fixed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (1, 1795508908409858, 'anna', 'comment', '1', 'Looked at it.');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (2, 1795508908416000, 'anna', 'status', 'new', 'closed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (2, 1795508908416000, 'anna', 'resolution', NULL, 'fixed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (2, 1795508908416000, 'anna', 'comment', '1', 'Looked at it.');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (3, 1795508908422615, 'bruno', 'status', 'new', 'closed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (3, 1795508908422615, 'bruno', 'resolution', NULL, 'fixed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (3, 1795508908422615, 'bruno', 'comment', '1', 'Looked at it.');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (4, 1795508908429082, 'bruno', 'status', 'new', 'closed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (4, 1795508908429082, 'bruno', 'resolution', NULL, 'fixed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (4, 1795508908429082, 'bruno', 'comment', '1', 'Looked at it.');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (5, 1795508908435304, 'coordinator', 'status', 'new', 'closed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (5, 1795508908435304, 'coordinator', 'resolution', NULL, 'fixed');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (5, 1795508908435304, 'coordinator', 'comment', '1', 'All sites ran.');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (5, 1795508908448020, 'eve', 'status', 'closed', 'reopened');
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (5, 1795508908448020, 'eve', 'resolution', 'fixed', NULL);
INSERT INTO ticket_change (ticket, time, author, field, oldvalue, newvalue) VALUES (5, 1795508908448020, 'eve', 'comment', '2', 'One site fails.');
INSERT INTO milestone (name, due, completed, description) VALUES ('2011 Prod: 1. Software preparation', 1793707200000000, 1795508908440819, 'Stage 1 of 3 of the production campaign 2011 Prod.');
INSERT INTO milestone (name, due, completed, description) VALUES ('2011 Prod: 2. Release validation', 1794916800000000, 0, 'Stage 2 of 3 of the production campaign 2011 Prod.');
INSERT INTO milestone (name, due, completed, description) VALUES ('2011 Prod: 3. pre-production', 1795867200000000, 0, 'Stage 3 of 3 of the production campaign 2011 Prod.');
INSERT INTO system (name, value) VALUES ('prodworkflow_version', '1');
