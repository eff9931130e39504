namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Views over the web server's stream.</summary>
public sealed class StreamSubscriptionTests() : SubscriptionTests("Stream");
