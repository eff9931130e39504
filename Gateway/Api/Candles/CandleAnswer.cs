using OrleansTicker.Gateway.Api.Answers;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>A page of candles that has been read and encoded.</summary>
/// <param name="Body">The body; null if the client has it already.</param>
/// <param name="Tag">Its entity tag.</param>
/// <param name="IsFinal">Whether it never changes.</param>
/// <param name="Next">Where the next page begins; null if there is none.</param>
internal sealed record CandleAnswer(Body? Body, string Tag, bool IsFinal, string? Next);
