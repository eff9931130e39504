namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>Over the web server's response, as TLS and HTTP/2 are.</summary>
public sealed class StreamEventStreamTests() : EventStreamTests("Stream");
