// Reads patients with simdjson, a line each: the id, and every finding's name and value as its type. Prints what it read, so that nothing
// of it may be left out.
#include <cstdio>
#include <simdjson.h>

using namespace simdjson;

int main(int count, char **arguments) {
  if (count != 2) return 2;
  padded_string text;
  if (padded_string::load(arguments[1]).get(text)) return 1;
  ondemand::parser parser;
  ondemand::document_stream lines;
  if (parser.iterate_many(text).get(lines)) return 1;
  size_t patients = 0, values = 0, bytes = 0;
  double sum = 0;
  for (auto line : lines) {
    ondemand::object patient;
    if (line.get_object().get(patient)) return 1;
    patients++;
    for (auto field : patient) {
      std::string_view name;
      if (field.unescaped_key().get(name)) return 1;
      ondemand::value value;
      if (field.value().get(value)) return 1;
      if (name != "findings") {
        std::string_view id;
        if (value.get_string().get(id)) return 1;
        bytes += id.size();
        continue;
      }
      ondemand::object findings;
      if (value.get_object().get(findings)) return 1;
      for (auto finding : findings) {
        std::string_view key;
        if (finding.unescaped_key().get(key)) return 1;
        bytes += key.size();
        ondemand::value stated;
        if (finding.value().get(stated)) return 1;
        ondemand::json_type type;
        if (stated.type().get(type)) return 1;
        switch (type) {
        case ondemand::json_type::string: {
          std::string_view word;
          if (stated.get_string().get(word)) return 1;
          bytes += word.size();
          break;
        }
        case ondemand::json_type::boolean: {
          bool truth;
          if (stated.get_bool().get(truth)) return 1;
          sum += truth;
          break;
        }
        case ondemand::json_type::number: {
          double number;
          if (stated.get_double().get(number)) return 1;
          sum += number;
          break;
        }
        default: break;
        }
        values++;
      }
    }
  }
  std::printf("%zu %zu %zu %.1f\n", patients, values, bytes, sum);
  return 0;
}
