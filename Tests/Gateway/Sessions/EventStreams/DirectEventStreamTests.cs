namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>Over the socket itself, as HTTP/1.1 without TLS is.</summary>
public sealed class DirectEventStreamTests() : EventStreamTests(directWrites: true);
