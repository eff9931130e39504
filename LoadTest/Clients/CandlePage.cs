namespace OrleansTicker.LoadTest.Clients;

/// <summary>A page of the answer of <c>/api/v1/candles</c>.</summary>
internal sealed record CandlePage(IReadOnlyList<ReceivedCandle> Candles, IReadOnlyList<ReceivedGap> Gaps, string? NextCursor = null);
