namespace OrleansTicker.LoadTest.Clients;

/// <summary>A token, and how long it lasts from the exchange on.</summary>
internal sealed record ClientToken(string Value, TimeSpan Lifetime);
