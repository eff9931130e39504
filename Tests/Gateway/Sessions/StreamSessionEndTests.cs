namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Over the web server's stream, as over TLS.</summary>
public sealed class StreamSessionEndTests() : SessionEndTests("Stream");
