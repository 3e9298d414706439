package dev.sidelight.proxy.config;

/** Background rows and schemas. */
public record ReferenceConfig(
    @Setting(value = "", doc = "directory; empty puts it beside embedded.dir") String dir,
    @Setting(
            value = "/mnt/models",
            doc = "where explainer looks for reference.csv or reference.ndjson, and schema.json")
        String artefacts) {}
