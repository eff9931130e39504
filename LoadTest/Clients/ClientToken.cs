namespace OrleansTicker.LoadTest.Clients;

/// <summary>A token and its lifetime from the exchange on.</summary>
internal sealed record ClientToken(string Value, TimeSpan Lifetime);
