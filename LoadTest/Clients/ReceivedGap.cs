using System.Text.Json.Serialization;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>A time that nobody watched, as an answer names it.</summary>
/// <param name="From">Its beginning, in Unix seconds.</param>
/// <param name="To">Its end, in Unix seconds.</param>
[method: JsonConstructor]
internal readonly record struct ReceivedGap(long From, long To);
