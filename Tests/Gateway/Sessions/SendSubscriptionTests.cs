namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Views over send(2).</summary>
public sealed class SendSubscriptionTests() : SubscriptionTests("Send");
