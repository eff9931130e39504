namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Views over the socket itself.</summary>
public sealed class DirectSubscriptionTests() : SubscriptionTests(directWrites: true);
