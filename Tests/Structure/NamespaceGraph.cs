using Mono.Cecil;

namespace OrleansTicker.Tests.Structure;

/// <summary>
/// Which namespaces of an assembly use each other, from all types in signatures and method bodies. Constants are not seen, because the
/// compiler copies their values.
/// </summary>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);
    private readonly ModuleDefinition _module;

    private NamespaceGraph(ModuleDefinition module) => _module = module;

    /// <summary>Builds the graph of an assembly.</summary>
    public static NamespaceGraph Of(ModuleDefinition module)
    {
        var graph = new NamespaceGraph(module);
        foreach (var type in module.GetTypes())
        {
            graph.AddUsesOf(type);
        }

        return graph;
    }

    /// <summary>Finds a path from a namespace over others back to it, with an example for each step; null if there is none.</summary>
    public string? FindCircle()
    {
        var finished = new HashSet<string>();
        return _uses.Keys.Select(start => FindCircle(start, [], finished)).FirstOrDefault(circle => circle is not null);
    }

    private string? FindCircle(string space, List<string> path, HashSet<string> finished)
    {
        if (path.IndexOf(space) is >= 0 and var start)
        {
            var circle = path[start..].Append(space).ToList();
            return string.Join("; ", circle.Zip(circle.Skip(1), (user, used) => $"{user} uses {used} ({_uses[user][used]})"));
        }

        if (finished.Contains(space) || !_uses.TryGetValue(space, out var used))
        {
            return null;
        }

        path.Add(space);
        var found = used.Keys.Select(next => FindCircle(next, path, finished)).FirstOrDefault(circle => circle is not null);
        path.RemoveAt(path.Count - 1);
        finished.Add(space);
        return found;
    }

    private void AddUsesOf(TypeDefinition type)
    {
        Use(type, type.BaseType);
        Use(type, type.Interfaces.Select(implemented => implemented.InterfaceType));
        Use(type, type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
        Use(type, type.CustomAttributes.Select(attribute => attribute.AttributeType));
        Use(type, type.Fields.Select(field => field.FieldType));
        foreach (var method in type.Methods)
        {
            Use(type, method);
            Use(type, method.CustomAttributes.Select(attribute => attribute.AttributeType));
            if (method.HasBody)
            {
                Use(type, method.Body.Variables.Select(variable => variable.VariableType));
                Use(type, method.Body.ExceptionHandlers.Select(handler => handler.CatchType));
                foreach (var operand in method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MemberReference>())
                {
                    Use(type, operand);
                }
            }
        }
    }

    private void Use(TypeDefinition user, IEnumerable<TypeReference?> used)
    {
        foreach (var type in used)
        {
            Use(user, type);
        }
    }

    private void Use(TypeDefinition user, MemberReference? used)
    {
        switch (used)
        {
            case GenericInstanceType generic:
                Use(user, generic.ElementType);
                Use(user, generic.GenericArguments);
                break;
            case TypeSpecification wrapped:
                Use(user, wrapped.ElementType);
                break;
            case TypeReference type when type.Scope == _module:
                Enter(OutermostOf(user), OutermostOf(type));
                break;
            case GenericInstanceMethod generic:
                Use(user, generic.ElementMethod);
                Use(user, generic.GenericArguments);
                break;
            case MethodReference method:
                Use(user, method.DeclaringType);
                Use(user, method.ReturnType);
                Use(user, method.Parameters.Select(parameter => parameter.ParameterType));
                break;
            case FieldReference field:
                Use(user, field.DeclaringType);
                Use(user, field.FieldType);
                break;
            default:
                break; // In another assembly, or a type parameter.
        }
    }

    private void Enter(TypeReference user, TypeReference used)
    {
        // Generated code has its own namespaces, or none.
        if (user.Namespace != used.Namespace && IsOurs(user) && IsOurs(used))
        {
            if (!_uses.TryGetValue(user.Namespace, out var all))
            {
                _uses[user.Namespace] = all = new(StringComparer.Ordinal);
            }

            all.TryAdd(used.Namespace, $"{user.Name} → {used.Name}");
        }
    }

    private bool IsOurs(TypeReference type) => type.Namespace.StartsWith(_module.Assembly.Name.Name, StringComparison.Ordinal);

    private static TypeReference OutermostOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }
}
