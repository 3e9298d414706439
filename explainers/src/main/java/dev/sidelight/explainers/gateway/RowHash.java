package dev.sidelight.explainers.gateway;

/** 128 bits that stand for one row under one key; equal exactly for equal wire bytes. */
record RowHash(long hi, long lo) {}
