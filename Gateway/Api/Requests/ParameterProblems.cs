using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Api.Requests;

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

    /// <summary>Answers 400 and names the parameters. Nothing may have been written before.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var detail = string.Join("; ", _errors.Select(error => $"{error.Key} {error.Value[0]}"));
        return ApiPaths.IsUdf(context)
            ? ErrorResponse.WriteAsync(context, StatusCodes.Status400BadRequest, detail)
            : ProblemResponse.WriteAsync(context, StatusCodes.Status400BadRequest, detail, _errors);
    }
}
