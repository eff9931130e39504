using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Parameters;

/// <summary>What is wrong with the parameters of a request, all at once.</summary>
internal sealed class ParameterProblems
{
    private readonly SortedDictionary<string, string[]> _errors = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _errors.Count == 0;

    /// <summary>Something is wrong with a parameter; of several things the first one counts.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="error">What is wrong, as the rest of a sentence that begins with the name.</param>
    public void Add(string parameter, string error) => _errors.TryAdd(parameter, [error]);

    /// <summary>There is no such parameter.</summary>
    /// <param name="parameter">What the client has named.</param>
    /// <param name="known">The parameters that there are.</param>
    public void AddUnknown(string parameter, IReadOnlyCollection<string> known) =>
        Add(parameter, known.Count == 0 ? "is unknown: there are no parameters here" : $"is unknown: there are {string.Join(", ", known)}");

    /// <summary>A parameter that has one value is there several times.</summary>
    /// <param name="parameter">Its name.</param>
    public void AddRepeated(string parameter) => Add(parameter, "is there twice");

    /// <summary>Reads a parameter that is a time.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="text">Its text; null if it is missing.</param>
    /// <param name="error">What is wrong if it is no time.</param>
    /// <param name="takesAny">Whether a program is sure to have written it, so that also what looks like a date is Unix seconds.</param>
    /// <returns>The time; null if it is missing or wrong.</returns>
    public DateTimeOffset? ReadTime(string parameter, string? text, string error, bool takesAny = false)
    {
        if (text is null)
        {
            return null;
        }

        if (!Instant.TryRead(text, out var instant))
        {
            Add(parameter, error);
            return null;
        }

        if (!takesAny && Instant.IsSuspect(text))
        {
            Add(parameter, Instant.Suspect);
            return null;
        }

        return instant;
    }

    /// <summary>Answers 400 and names the parameters. Nothing may have been written before.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var detail = string.Join("; ", _errors.Select(error => $"{error.Key} {error.Value[0]}"));
        return ApiPaths.IsUdf(context)
            ? ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, detail)
            : ProblemResponse.WriteAsync(context, StatusCodes.Status400BadRequest, detail, _errors);
    }
}
