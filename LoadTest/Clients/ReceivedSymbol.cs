using System.Text.Json.Serialization;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>A symbol in the list of symbols.</summary>
/// <param name="Symbol">Its name.</param>
/// <param name="Exchange">The exchange whose prices they are; null for the whole market.</param>
[method: JsonConstructor]
internal readonly record struct ReceivedSymbol(string Symbol, string? Exchange = null);
