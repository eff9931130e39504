using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>The parameters of a <see cref="ControlCommand"/>.</summary>
internal sealed class ControlParameters(IQueryCollection query)
{
    /// <summary>Whether something is to begin, and not to end: everything but <c>on=false</c>.</summary>
    public bool IsOn => !query["on"].ToString().Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text; empty if it is not given.</summary>
    public string Text(string name) => query[name].ToString();

    /// <summary>A number; null if it is not given, or none.</summary>
    public decimal? Number(string name) =>
        decimal.TryParse(query[name].ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
