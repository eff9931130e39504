namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Views over io_uring.</summary>
public sealed class UringSubscriptionTests() : SubscriptionTests("Uring");
