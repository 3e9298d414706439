CREATE TABLE event(seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL,
time_us INTEGER NOT NULL, namespace TEXT, service TEXT, component TEXT, endpoint TEXT,
model TEXT, version TEXT, protocol TEXT, method TEXT, path TEXT, status INTEGER,
grpc_status INTEGER, outcome TEXT, latency_us INTEGER, rows INTEGER, request_bytes INTEGER,
response_bytes INTEGER, tenant TEXT, variant TEXT, exchange_id BLOB, request_id TEXT,
trace_id TEXT, pair TEXT, marks INTEGER NOT NULL, headers TEXT, upstream_us INTEGER,
transport TEXT, sample_rate REAL, redacted TEXT, origin TEXT, report TEXT) STRICT;
CREATE TABLE payload(seq INTEGER PRIMARY KEY, request_type TEXT, request_encoding TEXT,
request BLOB, request_cut TEXT, response_type TEXT, response_encoding TEXT, response BLOB,
response_cut TEXT) STRICT;
CREATE TABLE erased(id BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX event_time ON event(time_us, seq);
CREATE INDEX event_model_time ON event(model, time_us, seq);
CREATE INDEX event_request ON event(request_id);
CREATE INDEX event_exchange ON event(exchange_id);
CREATE INDEX event_failed ON event(time_us, seq) WHERE outcome <> 'success';
CREATE VIRTUAL TABLE body USING fts5(text, content='', contentless_delete=1, detail=none);
INSERT INTO event VALUES(1,X'0199f3a07c0070008000000000000001',1,1795348800001000,'','','','','income','1','v1','POST','/v1/models/income:predict',200,-1,'success',8000,1,30,24,'','',X'0199f3a07c0070008000000000000001','0199f3a0-7c00-7000-8000-000000000001','','',0,'',7600,'http',1.0,'','','');
INSERT INTO payload VALUES(1,'application/json','',CAST('{"instances":[[39,"Private"]]}' AS BLOB),'none','application/json','',CAST('{}' AS BLOB),'none');
INSERT INTO body(rowid, text) VALUES(1,'{"instances":[[39,"Private"]]}');
INSERT INTO event VALUES(2,X'0199f3a07c0070008000000000000002',1,1795348800002000,'','','','','income','1','v1','POST','/v1/models/income:predict',200,-1,'success',8000,1,30,24,'','',X'0199f3a07c0070008000000000000002','order-1','','',0,'',7600,'http',1.0,'','','');
INSERT INTO payload VALUES(2,'application/json','',CAST('{"instances":[[44,"Self-emp-inc"]]}' AS BLOB),'none','application/json','',CAST('{}' AS BLOB),'none');
INSERT INTO body(rowid, text) VALUES(2,'{"instances":[[44,"Self-emp-inc"]]}');
PRAGMA user_version = 1;
